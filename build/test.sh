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

run_tests() {
    local name status report total ran failures
    name=$(basename "$1") report=$results/$(basename "$1").trx
    echo "test: $name"
    dotnet test "$1" -c Release --no-build --blame-hang-timeout 10m --blame-hang-dump-type none --results-directory "$results" \
        --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" "${@:2}" 2>&1 | tee "$results/$name.log" | readable
    status=${PIPESTATUS[0]}
    total=$(counter total "$report") ran=$(counter executed "$report") failures=$(counter failed "$report")
    passed=$((passed + ran - failures)) failed=$((failed + failures)) skipped=$((skipped + total - ran))
    [ -f "$report" ] && skip_reasons "$report"
    if [ "$status" != 0 ] && { [ "${failures:-0}" = 0 ] || grep -q 'Test Run Aborted' "$results/$name.log"; }; then
        echo "test: $name ended before its tests did"
        failed=$((failed + 1))
    elif [ $# = 1 ] && [ "${ran:-0}" = 0 ]; then
        echo "test: $name ran no test"
        failed=$((failed + 1))
    fi
}

build/setup.sh --tests || break_off "the setup failed"
rm -rf "$results" && mkdir -p "$results"

projects=(tests/MLNet.Transformers.Tests)
# The stand-ins have tests of their own.
grep -q Source build/stack.local.props && projects+=(build/stack/Stack.Tests)

for target in MLNet.Transformers.sln "${projects[@]}"; do
    [ -e "$target" ] || continue
    dotnet msbuild "$target" -restore -nologo -v:q -p:Configuration=Release || break_off "$target does not build"
done
for project in "${projects[@]}"; do
    run_tests "$project" "$@"
done
finish
