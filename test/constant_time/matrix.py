#!/usr/bin/env python3
"""The constant-time matrix: the library, compiled by every compiler at every level, run with its secrets marked.

    matrix.py [--compilers gcc-12,clang-14] [--levels O0,O2] [--cflags "..."] [--msan]
    matrix.py --backends


A cell is one compiler at one level. It passes only if memcheck ran to its end with "ERROR SUMMARY: 0 errors" over the whole
library, and reported at least one error for every planted leak. --msan builds with MemorySanitizer (clang only) instead.
MemorySanitizer is the second opinion, at -O0, -O1 and -Os by default: at -O2 and -O3 clang-16 and 19 lose track of one planted
leak, so that those cells would prove nothing. 

The processor that Valgrind shows has AES-NI and AVX2, so that the library takes these backends. --backends is for the others: the
portable code of 64-bit and 32-bit processors, for speed and for size, and byte shuffles, each forced by an option and compiled by
three compilers at a level each. Out of reach here are VAES, AVX-512 and SHA-NI, which Valgrind does not know: their code is
intrinsics without table or branch in files of their own.

Exit status 0: every cell passed. 77: a compiler or Valgrind is missing (nothing is claimed then)."""
import argparse
import concurrent.futures
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), '..', '..'))
ROOMS = ['ct', 'aes', 'sha256', 'base64', 'cbc', 'hmac', 'hkdf']
COMPILERS = ['gcc-11', 'gcc-12', 'clang-14', 'clang-16', 'clang-19']
LEVELS = ['O0', 'O1', 'O2', 'O3', 'Os']
BACKENDS = {
    'portable, 64 bits': ['-DMOTE_PORTABLE_ONLY=1'],
    'portable, 64 bits, small': ['-DMOTE_PORTABLE_ONLY=1', '-DMOTE_OPTIMIZE_SIZE=1'],
    'portable, 32 bits': ['-DMOTE_TARGET_CORTEX_M=1'],
    'portable, 32 bits, small': ['-DMOTE_TARGET_CORTEX_M=1', '-DMOTE_OPTIMIZE_SIZE=1'],
    'byte shuffles, SSSE3': ['-DMOTE_AES_ONLY_VPERM_SSSE3=1', '-DMOTE_SHA256_ONLY_SSSE3=1', '-DMOTE_BASE64_ONLY_SSSE3=1'],
    'byte shuffles, AVX2': ['-DMOTE_AES_ONLY_VPERM_AVX2=1', '-DMOTE_SHA256_ONLY_AVX2=1', '-DMOTE_BASE64_ONLY_AVX2=1'],
}
BACKEND_CELLS = [('gcc-12', 'O2'), ('clang-14', 'O3'), ('clang-19', 'Os')]


def run(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=600)
    return done.returncode, done.stdout


def compile_program(compiler, level, flags, program, msan):
    sources = [f for room in ROOMS for f in sorted(glob.glob(f'{TOP}/{room}/*.c'))]
    here = os.path.join(TOP, 'test', 'constant_time')
    command = [compiler, '-std=gnu99', '-g', f'-{level}', f'-I{TOP}/include', f'-I{here}',
               '-DMOTE_CONFIG_FILE="declassify.h"', *flags, *sources, f'{here}/constant_time.c', '-o', program]
    if compiler.startswith('clang'):
        command.insert(1, '-gdwarf-4')  # Valgrind 3.19 stops at DWARF 5
    if msan:  # which takes inline assembly for a use of its operands
        command[1:1] = ['-fsanitize=memory', '-fno-omit-frame-pointer', '-DMOTE_NO_ASM=1']
        if int(compiler.split('-')[1]) >= 16:
            command.insert(1, '-fno-sanitize-memory-param-retval')
    status, text = run(command)
    if status != 0:
        raise RuntimeError(f'{compiler} -{level}: does not compile\n{text}')


def clean(program, argument, msan):
    """(clean, caught, text): the checker finished and found nothing; the checker finished and found something."""
    if msan:
        status, text = run([program, *argument])
        caught = 'MemorySanitizer: use-of-uninitialized-value' in text and status != 0
        return status == 0, caught, text
    status, text = run(['valgrind', '--error-exitcode=99', '--track-origins=no', program, *argument])
    summary = re.search(r'ERROR SUMMARY: (\d+) errors', text)
    if not summary:
        return False, False, text
    errors = int(summary.group(1))
    return status == 0 and errors == 0, status == 99 and errors > 0, text


def cell(compiler, level, flags, msan):
    with tempfile.TemporaryDirectory() as directory:
        program = os.path.join(directory, 'constant_time')
        try:
            compile_program(compiler, level, flags, program, msan)
            ok, _, text = clean(program, [], msan)
            if not ok or 'all functions called' not in text:
                return f'{compiler} -{level}: the library leaks, or the checker did not finish\n{text[-4000:]}'
            _, names = run([program, 'list'])
            names = names.split()
            if len(names) < 4:
                return f'{compiler} -{level}: no planted leaks'
            for name in names:
                _, caught, text = clean(program, [name], msan)
                if not caught:
                    return f'{compiler} -{level}: planted leak "{name}" not caught\n{text[-2000:]}'
        except (RuntimeError, subprocess.TimeoutExpired) as error:
            return str(error)
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--compilers', default=','.join(COMPILERS))
    parser.add_argument('--levels')
    parser.add_argument('--cflags', default='', help='more flags for the library, such as an option that picks a backend')
    parser.add_argument('--msan', action='store_true')
    parser.add_argument('--backends', action='store_true')
    parser.add_argument('--jobs', type=int, default=os.cpu_count())
    arguments = parser.parse_args()
    levels = arguments.levels.split(',') if arguments.levels else ['O0', 'O1', 'Os'] if arguments.msan else LEVELS
    compilers = [c for c in arguments.compilers.split(',') if not arguments.msan or c.startswith('clang')]
    if arguments.backends:
        compilers = [compiler for compiler, _ in BACKEND_CELLS]
    missing = [tool for tool in compilers + ([] if arguments.msan else ['valgrind']) if not shutil.which(tool)]
    if missing:
        print('SKIP: not installed: ' + ' '.join(missing))
        return 77
    flags = arguments.cflags.split()
    cells = [(c, level, '', flags) for c in compilers for level in levels]
    if arguments.backends:
        cells = [(c, level, name, flags + more) for name, more in BACKENDS.items() for c, level in BACKEND_CELLS]
    failures = 0
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        results = [(c, level, name, pool.submit(cell, c, level, options, arguments.msan)) for c, level, name, options in cells]
        for c, level, name, result in results:
            problem = result.result()
            print(f'{c:10} -{level}  {name:26}' + ('0 findings, every planted leak caught' if problem is None else 'FAILED\n' + problem),
                  flush=True)
            failures += problem is not None
    print(f'constant-time matrix: {len(cells) - failures} of {len(cells)} cells')
    return failures != 0


if __name__ == '__main__':
    sys.exit(main())
