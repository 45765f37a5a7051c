#!/usr/bin/env python3
"""Run a test program with some backends of the library chosen, under an emulator where the processor lacks them.

    with_backends.py ROOM=NAME[,ROOM=NAME...] PROGRAM [ARGUMENT...]

The processor itself comes first. Where it cannot run one of the backends (the program says so with status 77), QEMU's
emulator is tried with every feature it has: $MOTE_QEMU_X86_64, then qemu-x86_64 from the path, of version 10 at least
(7.2 lacks SHA-NI, and the upper half of its VAESDEC is wrong). None has AVX-512. Exit status 77 if nothing can run them."""
import os
import platform
import re
import shutil
import subprocess
import sys


def emulators():
    if platform.machine() != 'x86_64':
        return
    for emulator in (os.environ.get('MOTE_QEMU_X86_64'), shutil.which('qemu-x86_64')):
        if emulator:
            version = subprocess.run([emulator, '--version'], stdout=subprocess.PIPE, text=True, check=True).stdout
            if int(re.search(r'version (\d+)', version).group(1)) >= 10:
                yield [emulator, '-cpu', 'max']


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    environment = dict(os.environ, MOTE_TEST_BACKENDS=sys.argv[1])
    for runner in [[], *emulators()]:
        status = subprocess.run(runner + sys.argv[2:], env=environment).returncode
        if status != 77:
            if runner:
                print('ran under', ' '.join(runner))
            return status if status >= 0 else 128 - status
    print('skipped: neither the processor nor an emulator has', sys.argv[1])
    return 77


sys.exit(main())
