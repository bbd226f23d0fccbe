#!/usr/bin/env bash
# Makes the samples of this folder anew, each with one command of the tool: all of them, or those that are named.
# usage: samples/generated/make.sh [--train-time SECONDS] [Sections] [TitleTranslation] [Clothing]
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."

seconds=240
if [ "${1-}" = --train-time ]; then
    seconds=$2
    shift 2
fi
[ $# -gt 0 ] || set -- Sections TitleTranslation Clothing

dotnet build -c Release -v quiet src/MLNet.Transformers.Tool
learn() { # learn COMMAND NAME OPTION...: a project of that name
    echo "$2: mlnet-transformers $1 ${*:3}"
    dotnet src/MLNet.Transformers.Tool/bin/Release/net10.0/mlnet-transformers.dll "$1" --name "$2" "${@:3}" \
        --train-time "$seconds" --output samples/generated --force
}

for sample in "$@"; do
    case $sample in
    Sections)
        learn text-classification Sections --dataset samples/data/debian-packages.tsv \
            --label-col Section --text-col Summary --ignore-cols Split Description --web-api
        ;;
    TitleTranslation)
        learn translation TitleTranslation --dataset samples/data/debian-titles.tsv \
            --source-col English --target-col German --ignore-cols Split --split-ratio 0.05
        ;;
    Clothing)
        # Not committed, but for the images that the program shows.
        python3 samples/data/fashion_mnist.py samples/data/fashion-mnist 1000
        learn image-classification Clothing --dataset samples/data/fashion-mnist
        ;;
    *)
        echo "make.sh: there is no sample '$sample' here; there are Sections, TitleTranslation and Clothing" >&2
        exit 2
        ;;
    esac
done
