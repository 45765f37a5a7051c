#!/usr/bin/env python3
"""Run a test program with some backends of the library chosen, under an emulator where the processor lacks them.

    with_backends.py ROOM:NAME[,ROOM:NAME...] PROGRAM [ARGUMENT...]

The processor itself comes first. Where it cannot run one of the backends (the program says so with status 77), the
emulators are tried: $MOTE_QEMU_X86_64, then qemu-x86_64 from the path, each with every feature it has. Of QEMU's versions,
7.2 has AES-NI, AVX2 and VAES, 10 has SHA-NI too, and none has AVX-512. Exit status 77 if nothing can run them."""
import os
import platform
import shutil
import subprocess
import sys


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    environment = dict(os.environ, MOTE_TEST_BACKENDS=sys.argv[1])
    command = sys.argv[2:]
    runners = [[]]
    if platform.machine() == 'x86_64':
        for emulator in (os.environ.get('MOTE_QEMU_X86_64'), shutil.which('qemu-x86_64')):
            if emulator:
                runners.append([emulator, '-cpu', 'max'])
    for runner in runners:
        status = subprocess.run(runner + command, env=environment).returncode
        if status != 77:
            if runner:
                print('ran under', ' '.join(runner))
            return status if status >= 0 else 128 - status
    print('skipped: neither the processor nor an emulator has', sys.argv[1])
    return 77


sys.exit(main())
