#!/bin/bash
# From a clean clone to a trained model: sets the stack up, then trains a transformer to file Debian packages under their
# sections and compares it with ML.NET's own text trainer. Arguments go to the sample.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
build/setup.sh
exec dotnet run -c Release --project samples/PackageSections -- "$@"
