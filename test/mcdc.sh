#!/bin/sh
# Modified condition/decision coverage of the library by the suites: test/mcdc.sh [BUILD_OPTION...]
#
# Every condition in every decision must have been shown to decide it alone. For 64, 32 and 8 bits, or for the options given: builds
# the portable code with clang-19's instruments in a directory of its own, runs the suites, prints a line for each file and each
# decision that is not wholly covered, and fails unless all are. Debian: clang-19 llvm-19 libclang-rt-19-dev.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
for tool in clang-19 llvm-cov-19 llvm-profdata-19; do
  command -v "$tool" >/dev/null || { echo "SKIP: $tool is not installed"; exit 77; }
done
build=$(mktemp -d)
export MOTE_TEST_EFFORT="${MOTE_TEST_EFFORT:-20}"
export LLVM_PROFILE_FILE="$build/%m.profraw"
trap 'rm -rf "$build"' EXIT INT TERM
flags="-fprofile-instr-generate -fcoverage-mapping -fcoverage-mcdc"

# measure SOURCES PROGRAMS OTHERS TESTS...: every condition of these sources, in the programs that the first pattern finds
# and the second does not, by these tests.
measure() {
  covered=$1
  objects=$(find "$build/test" -maxdepth 1 -type f -name "$2" ! -name "$3" ! -name test_hardware -perm -u+x \
    -printf ' -object %p' | sed 's/^ -object //')
  shift 3
  rm -f "$build"/*.profraw
  meson test -C "$build" --no-rebuild --print-errorlogs --timeout-multiplier 4 "$@" >"$build/tests.log" 2>&1 ||
    { cat "$build/tests.log"; exit 1; }

  llvm-profdata-19 merge -o "$build/all.profdata" "$build"/*.profraw
  llvm-cov-19 report --show-mcdc-summary --show-branch-summary=false --show-region-summary=false --show-functions=false \
    --instr-profile "$build/all.profdata" $objects $covered >"$build/report.txt"
  awk 'NF > 3 && $0 !~ /^-/ {print}' "$build/report.txt"
  total=$(awk '/^TOTAL/ {print $NF}' "$build/report.txt")
  if [ "$total" != "100.00%" ]; then
    echo "MC/DC: $total of the conditions, $*"
    llvm-cov-19 show --show-mcdc --instr-profile "$build/all.profdata" $objects $covered |
      grep -A12 'MC/DC Coverage for Decision: [0-9.]*%' | grep -v '100.00%' | head -n 80
    exit 1
  fi
}

# The libraries for an AES unit are looked at apart: llvm-cov confuses what two programs compile differently.
build_and_measure() {
  rm -rf "$build"
  CC=clang-19 meson setup "$build" "$root" -Doptimization=0 -Dtests=enabled -Dbench=disabled -Dportable_only=true \
    -Dc_args="$flags" -Dc_link_args="$flags" "$@" >"$build.log" 2>&1 || { cat "$build.log"; exit 1; }
  rm -f "$build.log"
  ninja -C "$build" >"$build/ninja.log" 2>&1 || { cat "$build/ninja.log"; exit 1; }
  sources=$(find "$root/ct" "$root/aes" "$root/sha256" "$root/base64" "$root/cbc" "$root/hmac" "$root/hkdf" -name '*.[ch]' ! -path '*/ct/cpu.c') # which asks the processor
  measure "$sources" 'test_*' 'test_extern_*' --suite library --no-suite objects --no-suite unit
  for kind in blocks encrypt_only cbc; do
    measure "$root/aes/aes_extern.c" "test_extern_$kind" - "extern_$kind"
  done
}

if [ $# != 0 ]; then
  build_and_measure "$@"
else
  for target in desktop cortex-m avr; do
    build_and_measure -Dtarget=$target
  done
fi
echo "MC/DC: 100 % of the conditions"
