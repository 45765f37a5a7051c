#!/bin/sh
# How much of the library the suites reach: test/coverage.sh [BUILD_OPTION...]
#
# For every target, for speed and for size, and with an AES unit, or for the options given: builds with gcc's instruments in a
# directory of its own, runs the suites, and prints for each file of the library which lines and branches were not reached.
# Fails if one was not; no line is excluded. The portable code alone is built: which of the other backends a processor can run,
# and so their coverage, differs from one to the next. ct/cpu.c, which asks the processor, is left out with them.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
build=$(mktemp -d)
export MOTE_TEST_EFFORT="${MOTE_TEST_EFFORT:-20}" # what more random cases reach, fewer do
trap 'rm -rf "$build"' EXIT INT TERM

report() { # not of the tests' other libraries
  gcovr --root "$root" --object-directory "$build" --filter "$root/$only" --exclude "$root/ct/cpu.c" \
    --exclude-unreachable-branches "$@" "$build/libmote.a.p"
}

measure() {
  # At -O0 a branch of the object is a branch of the source.
  rm -rf "$build"
  CC=${CC:-gcc} meson setup "$build" "$root" -Db_coverage=true -Doptimization=0 -Dtests=enabled -Dbench=disabled \
    -Dportable_only=true "$@" >"$build.log" 2>&1 || { cat "$build.log"; exit 1; }
  rm -f "$build.log"
  ninja -C "$build" >"$build/ninja.log" 2>&1 || { cat "$build/ninja.log"; exit 1; }
  meson test -C "$build" --no-rebuild --print-errorlogs --suite library --no-suite objects --timeout-multiplier 4 \
    >"$build/tests.log" 2>&1 || { cat "$build/tests.log"; exit 1; }
  echo "coverage with ${*:-no option}:"
  report --print-summary --sort-percentage --fail-under-line 100 --fail-under-branch 100 && return 0
  report --branches
  exit 1
}

only='(ct|aes|sha256|base64|cbc|hmac|hkdf)/'
if [ $# != 0 ]; then
  measure "$@"
else
  for target in desktop cortex-m avr; do
    for size in false true; do
      measure -Dtarget=$target -Doptimize_size=$size
    done
  done
  measure -Daes_extern=blocks
  measure -Daes_extern=cbc
  only=aes/aes_extern.c # with a unit that only encrypts, half of the portable cipher is there for nothing
  measure -Daes_extern=encrypt_only
fi
echo "coverage: every line and every branch"
