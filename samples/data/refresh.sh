#!/usr/bin/env bash
# Makes debian-packages.tsv anew from the Debian archive's own indexes, on any Debian machine.
# The indexes are fetched into a folder of their own; the machine's package lists stay as they are.
set -euo pipefail
cd "$(dirname "$0")"

lists=$(mktemp -d)
trap 'rm -rf "$lists"' EXIT
mkdir -p "$lists/partial"
apt=(-o "Dir::State::lists=$lists" -o Acquire::Languages=en -o APT::Sandbox::User=root)

echo "Fetching the package and translation indexes ..."
apt-get "${apt[@]}" -qq update

index() { # index KIND: the text of the main archive's index of that kind
    local file
    file=$(apt-get "${apt[@]}" indextargets --format '$(FILENAME)' "ShortDesc: $1" "Component: main" \
        | grep -v -e updates -e security | head -n 1)
    /usr/lib/apt/apt-helper cat-file "$file"
}
index Packages > "$lists/packages.txt"
index Translation-en > "$lists/translation.txt"
python3 debian_packages.py "$lists/packages.txt" "$lists/translation.txt" > debian-packages.tsv.new
mv debian-packages.tsv.new debian-packages.tsv
echo "debian-packages.tsv: $(($(wc -l < debian-packages.tsv) - 1)) rows"
