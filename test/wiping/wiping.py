#!/usr/bin/env python3
"""What the library leaves of its secrets on the stack and in vector registers: nothing, in every compiler at every level.

    wiping.py [--compilers gcc-12,clang-14] [--levels O0,O2] [--cflags "..."]
    wiping.py --control [--sample N] [--seed S]

A cell is one compiler at one level, with all backends, with portable code alone, or small. It passes if wiping.c finds no remainder
after any function, and finds each one that was left on purpose.

--control removes every wipe of the library, one at a time, and wants some cell to find it, or the suite of the failing block
cipher where the wipe is for that. Those in UNSEEN are found by nothing, for the reason given there; one that is found
after all is a failure too. --sample N takes N wipes by chance, as --seed says;
--only TEXT those whose line contains it.

Exit status 0: all as it should be. 77: a compiler is missing (nothing is claimed then)."""
import argparse
import concurrent.futures
import glob
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), '..', '..'))
ROOMS = ['ct', 'aes', 'sha256', 'base64', 'cbc', 'hmac', 'hkdf']
COMPILERS = ['gcc-11', 'gcc-12', 'clang-14', 'clang-16', 'clang-19']
LEVELS = ['O0', 'O1', 'O2', 'O3', 'Os']
CONFIGURATIONS = {
    'all backends': [],
    'portable': ['-DMOTE_PORTABLE_ONLY=1'],
    'small': ['-DMOTE_OPTIMIZE_SIZE=1'],  # at -Os
    'AES unit': ['-DMOTE_AES_EXTERN=1'],  # for --control
}

# What nothing here sees missing: (file, what is removed): why.
BURNT = 'the stack below is cleared after this function, with its frame; where a compiler knows no noinline it is not'
SLICED = 'what a compiler may leave here is sliced, and sliced words are searched for of round keys alone'
UNIT = 'what the unit leaves is its own; the one that the tests have keeps keys itself'
CLEARED = 'the vector registers are cleared once more after it; not so on Arm'
LAST_GROUP = 'two bytes at most, and the characters they make'
SHORT = 'less than a block is copied, which this C library does in general registers'
UNSEEN = {
    ('aes/aes.c', 'mote_aes128_encrypt_block: MOTE_BURN_AFTER();'): 'what this processor\'s backends leave of a single block they clear themselves',
    ('aes/aes_extern.c', 'mote_aes128_cbc_decrypt: mote_wipe(&state, sizeof state);'): UNIT,
    ('aes/aes_extern.c', 'mote_aes128_cbc_encrypt: mote_wipe(&state, sizeof state);'): UNIT,
    ('aes/aes_extern.c', 'mote_aes128_init: mote_aes128_wipe(aes);'): UNIT,
    ('aes/aes_extern.c', 'one_block: mote_wipe(&state, sizeof state);'): UNIT,
    ('aes/aes_fixslice64.c', 'sub_word: mote_wipe(q, sizeof q);'): BURNT,
    ('aes/aes_fixslice64.c', 'expand_key: mote_wipe(w, sizeof w);'): BURNT,
    ('aes/aes_fixslice64.c', 'encrypt_block: mote_wipe(q, sizeof q);'): BURNT,
    ('aes/aes_fixslice64.c', 'decrypt_block: mote_wipe(q, sizeof q);'): BURNT,
    ('aes/aes_fixslice64.c', 'cbc_encrypt: mote_wipe(q, sizeof q);'): BURNT,
    ('aes/aes_fixslice64.c', 'cbc_encrypt: mote_wipe(next, sizeof next);'): BURNT,
    ('aes/aes_fixslice64.c', 'cbc_decrypt: mote_wipe(q, sizeof q);'): BURNT,
    ('aes/aes_fixslice64.c', 'cbc_decrypt: mote_wipe(&plaintext, sizeof plaintext);'): BURNT,
    ('aes/aes_fixslice64.c', 'MOTE_AES_BACKEND(fixslice64, encrypt_block): mote_burn_stack();'): SLICED,
    ('aes/aes_fixslice64.c', 'MOTE_AES_BACKEND(fixslice64, decrypt_block): mote_burn_stack();'): SLICED,
    ('aes/aes_fixslice64.c', 'MOTE_AES_BACKEND(fixslice64, cbc_encrypt): mote_burn_stack();'): SLICED,
    ('aes/aes_fixslice64.c', 'MOTE_AES_BACKEND(fixslice64, cbc_decrypt): mote_burn_stack();'): SLICED,
    ('aes/aes_vperm.h', 'cbc_decrypt: mote_wipe(rest, sizeof rest);'): BURNT,
    ('aes/aes_vperm.h', 'cbc_encrypt: CLEAR_VECTORS();'): CLEARED,
    ('aes/aes_vperm.h', 'expand_key: CLEAR_VECTORS();'): CLEARED,
    ('aes/aes_vperm.h', 'VPERM(cbc_encrypt): mote_burn_stack();'): 'needed without optimization alone, where its caller does it too',
    ('sha256/sha256_shani.c', 'MOTE_SHA256_BACKEND(shani, compress): MOTE_CLEAR_XMM();'): CLEARED,
    ('sha256/sha256_shani.c', 'erase: MOTE_CLEAR_XMM();'): CLEARED,
    ('sha256/sha256_vector.h', 'erase: mote_burn_stack();'): 'needed without optimization alone, where its caller does it too',
    ('sha256/sha256_portable.c', 'compress: mote_wipe(W, sizeof W);'): BURNT,
    ('hmac/hmac_desktop.c', 'mote_hmac_start: MOTE_WIPE_OBJECT(mote_hmac_key, &key);'): 'all calls that come here use its place again',
    ('base64/base64_portable.c', 'PORTABLE(encode_text): mote_wipe(last, sizeof last);'): LAST_GROUP,
    ('base64/base64_portable.c', 'PORTABLE(decode_text): mote_wipe(last, sizeof last);'): LAST_GROUP,
    ('cbc/cbc_stream.c', 'update: mote_clear_vectors();'): SHORT,
    ('cbc/cbc_stream.c', 'mote_cbc_final: mote_clear_vectors();'): SHORT,
}

NOT_HERE = 'in code for another processor'

# The suite of the failing block cipher.
HARDWARE = ['test_hardware', 'support', 'guard', 'limits_host']

# A statement that wipes, and not the definition of what it names.
WIPE = re.compile(r'\b(mote_wipe|MOTE_WIPE_OBJECT|MOTE_CLEAR_[XYZ]MM|MOTE_CLEAR_VECTORS|MOTE_CLEAR_UPPER|CLEAR_VECTORS|erase|'
                  r'mote_burn_stack|MOTE_BURN_AFTER|mote_clear_vectors|mote_\w+_wipe)\((?:[^()]|\([^()]*\))*\);')


def run(command, directory=None):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=600, cwd=directory)
    return done.returncode, done.stdout


def must(command, directory=None):
    status, text = run(command, directory)
    if status != 0:
        raise RuntimeError(' '.join(command) + '\n' + text[-3000:])
    return text


def library_sources(top):
    return [f for room in ROOMS for f in sorted(glob.glob(f'{top}/{room}/*.c'))]


class Cell:
    """Objects of the library and of the test, made once by one compiler at one level."""

    def __init__(self, compiler, level, configuration, flags, directory):
        self.name = f'{compiler} -{level}, {configuration}'
        self.command = [compiler, '-std=gnu99', '-w', f'-{level}', *CONFIGURATIONS[configuration], *flags]
        self.directory = directory
        self.objects = {}

    def compile(self, source, top, target):
        must([*self.command, f'-I{top}/include', '-MMD', '-c', source, '-o', target])
        return target

    def build(self, top=TOP):
        os.makedirs(self.directory)
        tests = [] if '-DMOTE_AES_EXTERN=1' in self.command else sorted(glob.glob(f'{top}/test/wiping/*.c'))
        for source in library_sources(top) + tests:
            name = os.path.relpath(source, top)
            self.objects[name] = self.compile(source, top, os.path.join(self.directory, name.replace('/', '_') + '.o'))

    def link(self, objects, program):
        # Symbols are bound at the start: binding at the first call saves the vector registers on the stack.
        must([self.command[0], *objects.values(), '-Wl,-z,now', '-o', program])
        return program

    def uses(self, name):
        """The library's files that include this one, or are it."""
        found = []
        for source, target in self.objects.items():
            with open(target[:-2] + '.d') as deps:
                if re.search(rf'[/ ]{re.escape(os.path.basename(name))}\b', deps.read()) and not source.startswith('test/'):
                    found.append(source)
        return found

    def check(self):
        """None, or what is wrong."""
        program = self.link(self.objects, os.path.join(self.directory, 'wiping'))
        status, text = run([program])
        if status != 0 or not re.search(r'^wiping: \d+ calls, 0 remainders', text, re.M):
            return text[-4000:]
        names = must([program, 'list']).split()
        if len(names) < 4:
            return 'no planted remainders'
        for name in names:
            status, text = run([program, name])
            if status != 1 or f'{name} leaves the key' not in text:
                return f'planted remainder "{name}" not found\n{text}'
        return None

    def replaced(self, file, top, scratch):
        """The objects with this file from another tree in place of ours; None if that makes no difference."""
        objects = dict(self.objects)
        for name in self.uses(file):
            target = self.compile(os.path.join(top, name), top, os.path.join(scratch, name.replace('/', '_') + '.o'))
            if not same_code(target, objects[name]):
                objects[name] = target
        return objects if objects != self.objects else None


def matrix(arguments, work):
    cells = [Cell(c, level, configuration, arguments.cflags.split(), os.path.join(work, f'{c}{level}{configuration}'))
             for c in arguments.compilers for level in arguments.levels
             for configuration in ['all backends', 'portable'] + ['small'] * (level == 'Os')]

    def one(cell):
        try:
            cell.build()
            return cell.check()
        except (RuntimeError, subprocess.TimeoutExpired) as error:
            return str(error)
        finally:
            shutil.rmtree(cell.directory, ignore_errors=True)

    failures = 0
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        for cell, problem in zip(cells, pool.map(one, cells)):
            print(f'{cell.name:32} ' + ('0 remainders, every planted one found' if problem is None else 'FAILED\n' + problem),
                  flush=True)
            failures += problem is not None
    print(f'wiping matrix: {len(cells) - failures} of {len(cells)} cells')
    return failures != 0


def wipes(top):
    """(file, start, end, statement, name): name tells those of a file apart and does not change with the file's lines."""
    sites = []
    for room in ROOMS:
        for path in sorted(glob.glob(f'{top}/{room}/*.[ch]')):
            with open(path) as file:
                text = file.read()
            seen = {}
            for match in WIPE.finditer(text):
                line = text[text.rfind('\n', 0, match.start()) + 1:match.start()]
                if line.startswith(('#', '/*', ' *', 'void', 'static', 'mote_')):
                    continue
                before = re.findall(r'^(?:[A-Z]\w* |static )?[^\n#/}{ ].*\b(\w+(?:\(\w+(?:, \w+)?\))?)\(', text[:match.start()], re.M)
                name = f'{before[-1] if before else "?"}: {match.group(0)}'
                seen[name] = seen.get(name, 0) + 1
                if seen[name] > 1:
                    name += f' ({seen[name]})'
                sites.append((os.path.relpath(path, top), match.start(), match.end(), name))
    return sites


def same_code(one, other):
    return open(one, 'rb').read() == open(other, 'rb').read()


def hardware(cell, objects, scratch):
    """The suite of the failing block cipher with this library: does it fail?"""
    archive, program = os.path.join(scratch, 'library.a'), os.path.join(scratch, 'hardware')
    must(['ar', 'rcs', archive, *(target for name, target in objects.items() if not name.startswith('test/'))])
    must([*cell.command, f'-I{TOP}/include', *(f'{TOP}/test/{name}.c' for name in HARDWARE), archive,
          *must(['pkg-config', '--cflags', '--libs', 'check']).split(), '-o', program])
    return run([program], os.path.join(TOP, 'test'))[0] != 0


def control(arguments, work):
    original = os.path.join(work, 'original')
    for part in ROOMS + ['include', 'test']: # what others change meanwhile does not matter
        shutil.copytree(os.path.join(TOP, part), os.path.join(original, part))
    sites = wipes(original)
    known = {(file, name) for file, _, _, name in sites}
    failures = elsewhere = 0
    for entry in UNSEEN:
        if entry not in known:
            print(f'{entry[0]}: {entry[1]}: listed as unseen, but is not there')
            failures += 1
    sites = [site for site in sites if arguments.only in f'{site[0]}: {site[3]}']
    if arguments.sample:
        sites = random.Random(arguments.seed).sample(sites, min(arguments.sample, len(sites)))
    chosen = [('gcc-12', 'O2', 'all backends'), ('gcc-12', 'O0', 'all backends'), ('clang-14', 'O1', 'all backends'),
              ('gcc-12', 'O1', 'all backends'), ('gcc-12', 'O2', 'portable'), ('clang-19', 'O3', 'all backends'),
              ('gcc-12', 'O2', 'AES unit')]
    cells = [Cell(c, level, configuration, [], os.path.join(work, f'{c}{level}{configuration}'))
             for c, level, configuration in chosen]
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        list(pool.map(lambda cell: cell.build(original), cells))
    if hardware(cells[-1], cells[-1].objects, work):
        print('the suite of the failing block cipher fails by itself')
        return 1

    def one(site):
        file, start, end, name = site
        with tempfile.TemporaryDirectory(dir=work) as top, tempfile.TemporaryDirectory(dir=work) as scratch:
            for part in ROOMS + ['include']:
                shutil.copytree(os.path.join(original, part), os.path.join(top, part))
            path = os.path.join(top, file)
            with open(path) as source:
                text = source.read()
            with open(path, 'w') as source:
                source.write(text[:start] + ';' + text[end:])
            compiled = False
            for cell in cells:
                objects = cell.replaced(file, top, scratch)
                if objects is None:
                    continue
                compiled = True
                if cell is cells[-1]:
                    if hardware(cell, objects, scratch):
                        return 'test/test_hardware.c'
                elif run([cell.link(objects, os.path.join(scratch, 'wiping'))])[0] != 0:
                    return cell.name
        return None if compiled else NOT_HERE

    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        for (file, _, _, name), caught in zip(sites, pool.map(one, sites)):
            reason = UNSEEN.get((file, name))
            if caught == NOT_HERE:
                verdict = NOT_HERE
                elsewhere += 1
            elif caught is not None:
                verdict = f'found: {caught}' + (', but is listed as unseen' if reason else '')
                failures += reason is not None
            else:
                verdict = f'unseen: {reason}' if reason else 'NOT FOUND'
                failures += reason is None
            print(f'{file}: {name}\n    {verdict}', flush=True)
    print(f'wiping control: {len(sites) - elsewhere} wipes removed, {failures} failures; {elsewhere} {NOT_HERE}')
    return failures != 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--compilers', default=','.join(COMPILERS))
    parser.add_argument('--levels', default=','.join(LEVELS))
    parser.add_argument('--cflags', default='', help='more flags for the library, such as an option')
    parser.add_argument('--control', action='store_true')
    parser.add_argument('--sample', type=int, default=0)
    parser.add_argument('--only', default='', help='those wipes whose line in the report contains this')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--jobs', type=int, default=os.cpu_count())
    arguments = parser.parse_args()
    arguments.compilers, arguments.levels = arguments.compilers.split(','), arguments.levels.split(',')
    needed = ['gcc-12', 'clang-14', 'clang-19', 'pkg-config'] if arguments.control else arguments.compilers
    missing = [tool for tool in needed if not shutil.which(tool)]
    if missing:
        print('SKIP: not installed: ' + ' '.join(missing))
        return 77
    with tempfile.TemporaryDirectory() as work:
        return control(arguments, work) if arguments.control else matrix(arguments, work)


if __name__ == '__main__':
    sys.exit(main())
