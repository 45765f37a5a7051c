#!/usr/bin/env python3
"""No division: its time depends on the operands, on nearly every processor. The library compiled for every kind of processor
by each compiler at five levels, and its objects searched for division instructions and for calls of the compiler's runtime.

    division.py [--targets aarch64,avr] [--levels O2,Os]

The list of what the runtime may be asked for is complete: whatever else an object wants from outside is a finding, a division
helper by whatever name too. Before that, planted divisions must be found by every compiler. Exit status 77: a compiler is missing."""
import argparse
import concurrent.futures
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), '..'))
ROOMS = ['ct', 'aes', 'sha256', 'base64', 'cbc', 'hmac', 'hkdf']
# prefix of the tools, compiler and its flags, what else an object may want
TARGETS = {
    'x86-64, gcc': ('', 'gcc', ''),
    'x86-64, clang': ('', 'clang-19', ''),
    'aarch64': ('aarch64-linux-gnu-', 'aarch64-linux-gnu-gcc', 'getauxval|__getauxval'),
    'cortex-m0': ('arm-none-eabi-', 'arm-none-eabi-gcc -mcpu=cortex-m0 -mthumb', ''),
    'cortex-m3': ('arm-none-eabi-', 'arm-none-eabi-gcc -mcpu=cortex-m3 -mthumb', ''),
    'avr': ('avr-', 'avr-gcc -mmcu=atmega328p', '__do_copy_data|__do_clear_bss'),
}
LEVELS = ['O0', 'O1', 'O2', 'O3', 'Os']
ALWAYS = 'memcpy|memmove|memset|_GLOBAL_OFFSET_TABLE_'
# x86 also divides with DIV and IDIV alone; v?div.. and fdiv are floating point, which nothing has any business with.
DIVISION = re.compile(r'\t(i?div[bwlq]?|[us]div|v?div[sp][sd]|fi?div\w*|divu?w?|remu?w?)(\s|$)')
PLANTED = ['unsigned f(unsigned a, unsigned b) { return a / b; }', 'unsigned f(unsigned a, unsigned b) { return a % b; }',
           'long long f(long long a, long long b) { return a / b; }', 'unsigned char f(unsigned char a, unsigned char b) { return a % b; }']


def run(command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=True).stdout


def findings(prefix, compiler, allowed, level, sources, work):
    objects = []
    for number, source in enumerate(sources):
        objects.append(os.path.join(work, '%d.o' % number))
        run([*compiler.split(), '-std=c99', '-' + level, '-I' + TOP + '/include', '-c', source, '-o', objects[-1]])
    names = [line.split() for line in run([prefix + 'nm', '-P', *objects]).splitlines() if not line.endswith(':')]
    own = {words[0] for words in names if words[1] not in 'Uwv'}
    for name in sorted({words[0] for words in names if words[1] in 'Uwv'} - own):
        if not re.fullmatch(ALWAYS + ('|' + allowed if allowed else ''), name):
            yield 'wants %s' % name
    function = ''
    for line in run([prefix + 'objdump', '-d', '--no-show-raw-insn', *objects]).splitlines():
        head = re.match(r'[0-9a-f]+ <(.*)>:$', line)
        function = head.group(1) if head else function
        if DIVISION.search(line):
            yield '%s: %s' % (function, line.strip())


def cell(target, level):
    prefix, compiler, allowed = TARGETS[target]
    with tempfile.TemporaryDirectory() as work:
        for number, text in enumerate(PLANTED):
            planted = os.path.join(work, 'planted.c')
            with open(planted, 'w', encoding='utf-8') as out:
                out.write(text + '\n')
            if not list(findings(prefix, compiler, allowed, level, [planted], work)):
                return ['planted division %d is not found' % number]
        return list(findings(prefix, compiler, allowed, level, sorted(f for r in ROOMS for f in glob.glob('%s/%s/*.c' % (TOP, r))), work))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--targets', default=';'.join(TARGETS), help='separated by semicolons')
    parser.add_argument('--levels', default=','.join(LEVELS))
    arguments = parser.parse_args()
    targets, levels = arguments.targets.split(';'), arguments.levels.split(',')
    missing = [TARGETS[t][1].split()[0] for t in targets if not shutil.which(TARGETS[t][1].split()[0])]
    if missing:
        print('SKIP: not installed: ' + ' '.join(missing))
        return 77
    failures = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        # clang -O0 divides by constants with the instruction, which nobody ships.
        cells = [(t, level, pool.submit(cell, t, level)) for t in targets for level in levels if (t, level) != ('x86-64, clang', 'O0')]
        for target, level, result in cells:
            found = result.result()
            print('%-14s -%s  %s' % (target, level, 'no division, planted ones found' if not found else 'FAILED'))
            for finding in found:
                print('    ' + finding)
            failures += bool(found)
    print('division: %d of %d cells' % (len(cells) - failures, len(cells)))
    return failures != 0


if __name__ == '__main__':
    sys.exit(main())
