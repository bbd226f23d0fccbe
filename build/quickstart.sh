#!/bin/bash
# From a clean clone to a trained model: sets the stack up, trains a transformer to file Debian packages under their sections,
# compares it with ML.NET's own text trainer, and files three packages in a second process. Arguments go to the sample.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
build/setup.sh
sample=(dotnet run -c Release --project samples/PackageSections)
"${sample[@]}" -- "$@"
[ $# = 0 ] || exit 0

echo
echo "A second process loads the model and files what it is told of:"
"${sample[@]}" --no-build -- classify << 'PACKAGES'
editor for musical scores. Writes PDF and MIDI, and plays what was written.
fast key-value store. Bindings for use from Ruby programs.
turn-based strategy on a hexagonal map. Play alone or over the network.
PACKAGES
