#!/bin/sh
# planted.sh PATTERN PROGRAM: the suite must fail, and say so in a line that matches PATTERN: else the fault was not seen, or
# something else went wrong.
set -u
output=$("$2" 2>&1) && { printf '%s\n' "$output" "the planted fault was not seen"; exit 1; }
printf '%s\n' "$output" | tail -n 5
printf '%s\n' "$output" | grep -q "$1"
