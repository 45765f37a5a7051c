#!/bin/sh
# test/chip/skip.sh REASON... - a test that cannot run here.
echo "SKIP: $*"
exit 77
