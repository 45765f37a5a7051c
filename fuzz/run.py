#!/usr/bin/env python3
"""Fuzzing with libFuzzer, AddressSanitizer and UndefinedBehaviorSanitizer.

    run.py                      every target for a fixed number of executions (what CI runs)
    run.py --seconds 3600       every target for that long
    run.py --planted            every target against the library with a bug planted in it: each must be found
    run.py --target open ...    only these

A target is fuzz_NAME.c with the seeds in corpus/NAME; the library is compiled in from source. Exit status 0 if nothing was
found (with --planted: if everything was), 77 if clang's fuzzer is missing."""
import argparse
import concurrent.futures
import glob
import os
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(HERE)
ROOMS = ['ct', 'aes', 'sha256', 'base64', 'cbc', 'hmac', 'hkdf']
FLAGS = ['-g', '-O1', '-std=gnu99', '-fsanitize=fuzzer,address,undefined', '-fno-sanitize-recover=all',
         '-fno-omit-frame-pointer', '-Wno-deprecated-declarations']
EXECUTIONS = {'base64': 200000, 'base16': 400000, 'pkcs7': 200000, 'stream': 100000, 'open': 200000, 'seal': 100000,
              'cbc_hmac': 100000, 'hkdf': 100000, 'hmac': 200000}
# target: (file, what stands there, what is put in its place)
PLANTED = {
    'base64': ('base64/base64_portable.c', 'left = last[6];', ''),
    'base16': ('base64/base16.c', "mote_ct_in_range8(c, '0', 10)", "mote_ct_in_range8(c, '0', 11)"),
    'pkcs7': ('cbc/pkcs7.c', 'mote_ct_in_range8(n, 1, 16)', 'mote_ct_in_range8(n, 0, 17)'),
    'stream': ('cbc/cbc_stream.c', 'memmove(out + fill, in, len - fill);', 'memmove(out + fill, in, len - fill - 1);'),
    'open': ('cbc/cbc_hmac.c', 'if (status == MOTE_ERR_PADDING)', 'if (status == MOTE_ERR_LENGTH)'),
    'seal': ('cbc/cbc_hmac.c', 'memmove(out, iv, IV_LEN);', 'memmove(out, iv, IV_LEN - (pt_len > 32));'),
    'cbc_hmac': ('cbc/cbc_hmac.c', 'size_t rest = m->aad_len >> 5;', 'size_t rest = m->aad_len >> 6;'),
    'hkdf': ('hkdf/hkdf.c', 'if (on.n != 1)', 'if (on.n == 2)'),
    'hmac': ('hmac/hmac_desktop.c', 'is_long = secret_len > BLOCK;', 'is_long = secret_len > BLOCK + 1;'),
}


def compiler():
    for name in ['clang-19', 'clang-16', 'clang-14', 'clang']:
        if shutil.which(name):
            with tempfile.TemporaryDirectory() as directory:
                source = os.path.join(directory, 'x.c')
                with open(source, 'w') as file:
                    file.write('int LLVMFuzzerTestOneInput(const char *d, unsigned long n) { return d == 0 && n; }\n')
                if subprocess.run([name, '-fsanitize=fuzzer,address', source, '-o', source + '.out'],
                                  stderr=subprocess.DEVNULL).returncode == 0:
                    return name
    return None


def build_library(clang, tree, directory):
    """Compile the rooms of a tree into objects in a directory, with the flags of the targets."""
    sources = [f for room in ROOMS for f in sorted(glob.glob(f'{tree}/{room}/*.c'))]
    flags = [flag.replace('fuzzer,', 'fuzzer-no-link,') for flag in FLAGS]
    subprocess.run([clang, *flags, f'-I{tree}/include', '-c', *sources], check=True, cwd=directory)
    return sorted(glob.glob(f'{directory}/*.o'))


def build_target(clang, target, objects, program):
    subprocess.run([clang, *FLAGS, f'-I{TOP}/include', f'{HERE}/fuzz_{target}.c', *objects, '-o', program, '-lcrypto'],
                   check=True)


def fuzz(target, program, limits, work):
    corpus = os.path.join(work, 'corpus-' + target)
    os.makedirs(corpus)
    command = [program, '-seed=1', '-max_len=700', '-timeout=20', '-print_final_stats=1', f'-artifact_prefix={work}/{target}-',
               f'-dict={HERE}/base64.dict', *limits, corpus, os.path.join(HERE, 'corpus', target)]
    began = time.time()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors='replace')
    return done.returncode, done.stdout, time.time() - began


def one(clang, target, arguments, work, objects):
    program = os.path.join(work, 'fuzz_' + target)
    if arguments.planted:
        tree = os.path.join(work, 'tree-' + target)
        for room in ROOMS + ['include']:
            shutil.copytree(os.path.join(TOP, room), os.path.join(tree, room))
        name, old, new = PLANTED[target]
        with open(os.path.join(tree, name)) as file:
            text = file.read()
        if text.count(old) != 1:
            return False, f'{target}: the place for the planted bug stands {text.count(old)} times in {name}'
        with open(os.path.join(tree, name), 'w') as file:
            file.write(text.replace(old, new))
        directory = os.path.join(work, 'objects-' + target)
        os.makedirs(directory)
        objects = build_library(clang, tree, directory)
    build_target(clang, target, objects, program)
    limits = [f'-max_total_time={arguments.seconds}'] if arguments.seconds else [f'-runs={EXECUTIONS[target]}']
    status, text, seconds = fuzz(target, program, limits, work)
    if arguments.planted:
        found = status != 0 and ('not so: ' in text or 'Sanitizer' in text)
        return found, f'{target:10} planted bug ' + (f'found in {seconds:.0f} s' if found else 'NOT FOUND\n' + text[-2000:])
    executions = [line.split()[-1] for line in text.splitlines() if 'number_of_executed_units' in line]
    if status != 0 or not executions:
        for file in glob.glob(f'{work}/{target}-*'):
            with open(file, 'rb') as crash:
                text += f'\n{os.path.basename(file)}: {crash.read().hex()}'
        return False, f'{target}: FOUND\n{text[-6000:]}'
    return True, f'{target:10} {executions[0]:>9} executions, nothing found, {seconds:.0f} s'


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--seconds', type=int)
    parser.add_argument('--planted', action='store_true')
    parser.add_argument('--target', nargs='+', default=sorted(EXECUTIONS), choices=sorted(EXECUTIONS))
    arguments = parser.parse_args()
    clang = compiler()
    if clang is None:
        print('SKIP: no clang with libFuzzer')
        return 77
    failures = 0
    with tempfile.TemporaryDirectory() as work, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        objects = None
        if not arguments.planted:
            os.makedirs(f'{work}/objects')
            objects = build_library(clang, TOP, f'{work}/objects')
        results = [pool.submit(one, clang, target, arguments, work, objects) for target in arguments.target]
        for result in results:
            ok, text = result.result()
            print(text, flush=True)
            failures += not ok
    print(f'fuzzing: {len(results) - failures} of {len(results)} targets as they should be')
    return failures != 0


if __name__ == '__main__':
    sys.exit(main())
