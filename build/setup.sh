#!/bin/bash
# Chooses the stack that this machine builds on and installs what it needs; see --help.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."

usage='usage: build/setup.sh [--stack Packages|Source] [--tests]

Chooses the stack, that is, where Microsoft.ML and TorchSharp come from, and writes the choice to build/stack.local.props:
  Packages  the NuGet packages, where they restore and a program makes a tensor and an MLContext with them;
  Source    else our own stand-ins in build/stack over libtorch, libturbojpeg and gdk-pixbuf, which are installed from the Debian-like distribution.
--stack takes one of the two without asking. --tests also installs what the tests compare with (PyTorch and Pillow for Python, node),
what they learn from (Fashion-MNIST), and a browser to open pages with (Chromium).'

readonly choice=build/stack.local.props
log=$(mktemp)
trap 'rm -f "$log"' EXIT

say() { echo "setup: $*"; }
fail() { echo "setup: $*" >&2; exit 1; }
show_log() { sed 's/^/    /' "$log" | tail -n "${1:-20}" >&2; }

main() {
    local wanted='' tests=''
    while [ $# -gt 0 ]; do
        case $1 in
            --stack) [[ ${2:-} =~ ^(Packages|Source)$ ]] || fail "--stack takes Packages or Source"; wanted=$2; shift ;;
            --tests) tests=yes ;;
            -h | --help) echo "$usage"; exit 0 ;;
            *) fail "unknown option $1; try --help" ;;
        esac
        shift
    done

    require_sdk
    local stamp stack
    stamp=$(stamp)
    stack=$(chosen_stack "$stamp")
    if [ -n "$stack" ] && [ "${wanted:-$stack}" = "$stack" ]; then
        [ "$stack" = Packages ] || prepare_source
        say "the $stack stack is in place"
    else
        stack=Packages
        if [ "$wanted" = Source ] || ! try_packages "$wanted"; then
            stack=Source
            prepare_source
            smoke Source || { show_log; fail "the Source stack does not work here; its program printed the lines above"; }
        fi
        say "the $stack stack works: $(tail -n 1 "$log")"
        write_choice "$stack" "$stamp"
    fi

    [ -z "$tests" ] || prepare_tests
}

require_sdk() {
    command -v dotnet > /dev/null || fail "no dotnet on the PATH: install the .NET SDK 10 (https://dotnet.microsoft.com/download)"
    dotnet --list-sdks | grep -qE '^[1-9][0-9]+\.' || fail "the .NET SDK 10 or later is needed, and dotnet has only: $(dotnet --list-sdks | cut -d' ' -f1 | xargs)"
}

# All that the choice depends on: when one of these changes, it is made anew.
stamp() {
    { dotnet --version; cat build/setup.sh build/smoke/*.cs* build/Packages.targets Directory.Packages.props; } | sha256sum | cut -c1-16
}

chosen_stack() {
    [ -f "$choice" ] && grep -q "stamp $1 " "$choice" && sed -n 's#.*<TransformersStack>\(.*\)</.*#\1#p' "$choice" || true
}

write_choice() {
    cat > "$choice" << PROPS
<Project>
  <!-- Written by build/setup.sh with the stamp $2 of what it looked at. -->
  <PropertyGroup>
    <TransformersStack>$1</TransformersStack>
  </PropertyGroup>
</Project>
PROPS
}

# Whether the packages restore and work. What is no answer either way, such as an unreachable source, ends the setup.
try_packages() {
    say "looking for the packages (the first time, some hundred MB of libtorch)"
    if ! dotnet restore build/smoke -p:TransformersStack=Packages > "$log" 2>&1; then
        local absent
        absent=$(sed -nE 's/.*error NU110[123]: Unable to find package ([^ ]*[^ .]).*/\1/p' "$log" | sort -u | xargs | sed 's/ /, /g')
        if [ -z "$absent" ]; then
            show_log
            fail "no package source answered; go online, or choose --stack Source"
        fi
        [ -z "$1" ] || fail "the package sources here do not have $absent"
        say "the package sources here do not have $absent: taking the Source stack"
        return 1
    fi
    if ! smoke Packages; then
        show_log
        [ -z "$1" ] || fail "the packages restore but do not work here; their program printed the lines above"
        say "the packages restore but do not work here (the lines above): taking the Source stack"
        return 1
    fi
}

smoke() {
    dotnet run --project build/smoke -c Release -v q -p:TransformersStack="$1" > "$log" 2>&1
}

prepare_source() {
    [ "$(uname -s)" = Linux ] || fail "the Source stack needs Linux; on $(uname -s) only the NuGet packages will do"
    local packages=()
    command -v g++ > /dev/null || packages+=(g++)
    # LIBTORCH names an unpacked libtorch to use instead of the distribution's.
    [ -n "${LIBTORCH:-}" ] || packages+=(libtorch-dev libopenblas0-openmp)
    # What decodes images.
    packages+=(libturbojpeg0 libgdk-pixbuf-2.0-0)
    install "${packages[@]}"
    build/stack/bridge/build.sh > "$log" 2>&1 || { show_log; fail "the torch bridge does not compile; the compiler printed the lines above"; }
    grep -q 'up to date' "$log" || say "$(tail -n 1 "$log")"
}

prepare_tests() {
    if ! command -v apt-get > /dev/null; then
        say "no apt-get here: tests that need PyTorch, Pillow, npm packages or Chromium are skipped where those are absent"
        return
    fi
    /usr/bin/python3 -c 'import torch' 2> /dev/null || install python3-torch
    /usr/bin/python3 -c 'import PIL' 2> /dev/null || install python3-pil
    command -v npm > /dev/null || install nodejs npm
    command -v chromedriver > /dev/null || install chromium chromium-driver
    [ -d /usr/share/datasets/fashion-mnist ] || install dataset-fashion-mnist
}

# Installs those of the distribution's packages that are missing.
install() {
    local missing=() package
    for package; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null)" = installed ] || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    command -v apt-get > /dev/null || fail "this system has no apt-get; install by hand what Debian calls ${missing[*]}"

    local as_root=()
    if [ "$(id -u)" != 0 ]; then
        command -v sudo > /dev/null || fail "not root and no sudo: run 'apt-get install ${missing[*]}' as root first"
        [ -t 0 ] || sudo -n true 2> /dev/null || fail "sudo wants a password and there is no terminal: run 'apt-get install ${missing[*]}' as root first"
        as_root=(sudo)
    fi
    say "installing ${missing[*]} from the distribution"
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
    local attempt
    for attempt in 1 2 3; do
        # The lists of a new machine are empty, those of an old one name versions that are gone.
        "${apt[@]}" update > "$log" 2>&1 || true
        for package in "${missing[@]}"; do
            apt-cache show "$package" > /dev/null 2>&1 || { [ "$attempt" -lt 3 ] && sleep 5 && continue 2; show_log; fail "this distribution has no package $package"; }
        done
        "${apt[@]}" install --no-install-recommends "${missing[@]}" > "$log" 2>&1 < /dev/null && return 0
        sleep 5
    done
    show_log
    fail "apt-get could not install ${missing[*]}; it printed the lines above"
}

main "$@"
