#!/bin/bash
# Builds everything with warnings as errors and runs every test. Arguments go to dotnet test, such as: --filter Tokenizers
# The last line is "N passed, N failed", with ", N skipped" where some were.
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDTERMINALLOGGER=off

readonly results=$PWD/TestResults
passed=0 failed=0 skipped=0

finish() {
    echo "$passed passed, $failed failed$([ "$skipped" = 0 ] || echo ", $skipped skipped")"
    [ "$failed" = 0 ]
    exit
}

# A failure that is no test's own.
break_off() {
    echo "test: $*"
    failed=$((failed + 1))
    finish
}

# The test runner's output without its ceremony and without the frames of the runner itself.
readable() {
    sed -u -E '/^(Test run for|A total of|Results File:|Attachments:)/d; /^\[xUnit\.net/d; /^  +.*\/Sequence_/d
        /^Data collector .*: All tests finished/d; /^ +at (System\.|Xunit\.|InvokeStub_)/d; /^   at System\.|^   at Xunit\./d; /^  Skipped /d; /^[[:space:]]*$/d'
}

counter() { sed -nE "s/.*<Counters .*\b$1=\"([0-9]+)\".*/\1/p" "$2" 2> /dev/null; }

skip_reasons() {
    awk 'BEGIN { RS = "<UnitTestResult " } /outcome="NotExecuted"/ && match($0, /<Message>[^<]*/) { print substr($0, RSTART + 9, RLENGTH - 9) }' "$1" \
        | sort | uniq -c | sed -E 's/&quot;/"/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g; s/^ *([0-9]+) /  \1 skipped: /'
}

# Runs a part of the tests, and tells of it at its end: what it is called, the project, and what else dotnet test takes.
run_tests() {
    local status
    dotnet test "$2" -c Release --no-build --blame-hang-timeout 10m --blame-hang-dump-type none --results-directory "$results" \
        --logger "trx;LogFileName=$1.trx" --logger "console;verbosity=minimal" "${@:3}" > "$results/$1.log" 2>&1
    status=$?
    echo "$status" > "$results/$1.status"
    { echo "test: $1"; readable < "$results/$1.log"; [ ! -f "$results/$1.trx" ] || skip_reasons "$results/$1.trx"; } > "$results/$1.told"
    cat "$results/$1.told"
}

# Adds up what a part gave.
count_tests() {
    local report=$results/$1.trx total ran failures
    total=$(counter total "$report") ran=$(counter executed "$report") failures=$(counter failed "$report")
    passed=$((passed + ran - failures)) failed=$((failed + failures)) skipped=$((skipped + total - ran))
    if [ "$(cat "$results/$1.status")" != 0 ] && { [ "${failures:-0}" = 0 ] || grep -q 'Test Run Aborted' "$results/$1.log"; }; then
        echo "test: $1 ended before its tests did"
        failed=$((failed + 1))
    elif [ $# = 1 ] && [ "${ran:-0}" = 0 ]; then
        echo "test: $1 ran no test"
        failed=$((failed + 1))
    fi
}

build/setup.sh --tests || break_off "the setup failed"
rm -rf "$results" && mkdir -p "$results"

stack_tests=
# The stand-ins have tests of their own.
! grep -q Source build/stack.local.props || stack_tests=build/stack/Stack.Tests

for target in MLNet.Transformers.sln $stack_tests; do
    dotnet msbuild "$target" -restore -nologo -v:q -p:Configuration=Release || break_off "$target does not build"
done

# Tests of a process run one after the other, since they share its random generator and its count of tensors. So parts of them run
# in two processes at once, the longest first, each with half of the cores.
parts=()
part() {
    while [ "$(jobs -rp | wc -l)" -ge 2 ]; do wait -n; done
    parts+=("$1")
    run_tests "$@" &
}
cores=$(getconf _NPROCESSORS_ONLN)
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-$(((cores + 1) / 2))}

readonly tests=tests/MLNet.Transformers.Tests
echo "test: what has run is told part by part; TestResults has the logs"
if [ $# -gt 0 ]; then
    part Tests "$tests" "$@"
else
    part Tests.Models "$tests" --filter 'FullyQualifiedName~.Tests.Models.'
    part Tests.Others "$tests" --filter 'FullyQualifiedName!~.Tests.Models.&FullyQualifiedName!~.Tests.Tokenizers.'
    part Tests.Tokenizers "$tests" --filter 'FullyQualifiedName~.Tests.Tokenizers.'
fi
[ -z "$stack_tests" ] || part Stack.Tests "$stack_tests" "$@"
wait
for name in "${parts[@]}"; do
    count_tests "$name" "$@"
done
finish
