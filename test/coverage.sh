#!/bin/sh
# How much of the library the suites reach: test/coverage.sh [BUILD_OPTION...]
#
# Builds with gcc's instruments in a directory of its own, runs the suites, and prints for each file of the library
# which lines and branches were not reached. Fails under 99 % of the lines or 97 % of the branches. The portable code
# alone is built: which of the other backends a processor can run, and so their coverage, differs from one to the next.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
build=$(mktemp -d)
export MOTE_TEST_EFFORT="${MOTE_TEST_EFFORT:-20}" # what more random cases reach, fewer do
trap 'rm -rf "$build"' EXIT INT TERM

# At -O0 a branch of the object is a branch of the source.
CC=${CC:-gcc} meson setup "$build" "$root" -Db_coverage=true -Doptimization=0 -Dtests=enabled \
  -Dportable_only=true "$@" >"$build.log" 2>&1 ||
  { cat "$build.log"; exit 1; }
rm -f "$build.log"
ninja -C "$build" >"$build/ninja.log" 2>&1 || { cat "$build/ninja.log"; exit 1; }
meson test -C "$build" --no-rebuild --print-errorlogs --suite library --timeout-multiplier 4

gcovr --root "$root" --object-directory "$build" \
  --filter "$root/(ct|aes|sha256|base64|cbc|hmac|hkdf)/" \
  --exclude-unreachable-branches --print-summary --sort-percentage \
  --fail-under-line 99 --fail-under-branch 97 "$build" >"$build/lines.txt" && status=0 || status=$?
cat "$build/lines.txt"
printf '\nbranches:\n'
gcovr --root "$root" --object-directory "$build" \
  --filter "$root/(ct|aes|sha256|base64|cbc|hmac|hkdf)/" --exclude-unreachable-branches --branches "$build"
exit "$status"
