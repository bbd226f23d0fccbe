#!/bin/bash
# Compiles the bridge to bin/libTorchBridge.so, unless the one there was made from these sources and this libtorch.
# LIBTORCH may name the folder of an unpacked libtorch (with include/ and lib/); otherwise the distribution's is used.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"
sources=(dispatch.cpp tensors.cpp kernels.cpp attention.cpp linear.cpp gelu.cpp)
flags=(-std=c++17 -O3 -fno-math-errno -g0 -fPIC -fopenmp -fvisibility=hidden -Wall -Wno-unknown-pragmas -Wno-psabi)
links=(-ltorch_cpu -lc10)
include=/usr/include
if [ -n "${LIBTORCH:-}" ]; then
    include=$LIBTORCH/include
    flags+=(-isystem "$include")
    links=(-L"$LIBTORCH/lib" "-Wl,-rpath,$LIBTORCH/lib" "${links[@]}")
fi
[ -f "$include/ATen/ATen.h" ] || { echo "bridge: no libtorch headers in $include; build/setup.sh installs libtorch-dev" >&2; exit 1; }
command -v g++ > /dev/null || { echo "bridge: no g++; build/setup.sh installs it" >&2; exit 1; }

mkdir -p bin/.
exec 9> bin/.lock
flock 9
stamp=$(cat build.sh *.h "${sources[@]}" "$include/torch/csrc/api/include/torch/version.h" <(g++ --version) <(echo "${LIBTORCH:-}") | sha256sum)
if [ -f bin/libTorchBridge.so ] && [ "$(cat bin/stamp 2> /dev/null)" = "$stamp" ]; then
    echo "bridge: up to date"
    exit 0
fi

objects=$(mktemp -d)
trap 'rm -rf "$objects"' EXIT
started=$SECONDS
compilers=()
for source in "${sources[@]}"; do
    g++ "${flags[@]}" -c "$source" -o "$objects/${source%.cpp}.o" &
    compilers+=($!)
done
for compiler in "${compilers[@]}"; do wait "$compiler"; done
g++ -shared -fopenmp -o "$objects/libTorchBridge.so" "$objects"/*.o "${links[@]}" -Wl,--no-undefined
# Renamed into place, so that a process which has the old one mapped keeps it whole.
cp "$objects/libTorchBridge.so" bin/.libTorchBridge.so.new
mv bin/.libTorchBridge.so.new bin/libTorchBridge.so
echo "$stamp" > bin/stamp
version=$(sed -n 's/^#define TORCH_VERSION "\(.*\)"/\1/p' "$include/torch/csrc/api/include/torch/version.h")
echo "bridge: built for libtorch ${version:-of the distribution} in $((SECONDS - started)) s"
