#!/bin/sh
# test/chip/projects.sh README EXAMPLE - README's two ways to add mote to a project for a Cortex-M, done as they are written:
# with CMake, whose target is called app as Zephyr's is, and with the compiler alone. Each must give a linked program that
# has the library in it.
set -eu
root=$(dirname "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The first block of code after a mark in README.md.
block() {
  awk -v mark="<!-- project: $1 -->" '$0 == mark {on = 1; next} on && /^```/ {if (code) exit; code = 1; next} code' "$root/README.md"
}

check() {
  arm-none-eabi-nm "$1" >"$work/symbols"
  for name in mote_seal mote_open mote_hkdf_device_key mote_aes128_init; do
    grep -q " T $name\$" "$work/symbols" || { echo "$1 has no $name"; exit 1; }
  done
  grep -q " T mote_base16_encode\$" "$work/symbols" && { echo "$1 has what nobody calls"; exit 1; }
  arm-none-eabi-size "$1"
}

command -v cmake >/dev/null || { echo "SKIP: not installed: cmake"; exit 77; }
mkdir "$work/app"
ln -s "$root" "$work/app/mote"
cp "$2" "$work/app/main.c"
{
  echo 'cmake_minimum_required(VERSION 3.13)'
  echo 'project(firmware C)'
  echo 'add_executable(app main.c)'
  block cmake
} >"$work/app/CMakeLists.txt"
flags='-mcpu=cortex-m4 -mthumb -O2 --specs=nosys.specs'
cmake -S "$work/app" -B "$work/build" -DCMAKE_SYSTEM_NAME=Generic -DCMAKE_C_COMPILER=arm-none-eabi-gcc \
  -DCMAKE_C_FLAGS="$flags" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
cmake --build "$work/build" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
check "$work/build/app"

cp "$2" "$work/app/your_program.c"
(cd "$root" && eval "$(block gcc | sed "s,your_program,$work/app/your_program,g")") >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
check "$work/app/your_program.elf"
