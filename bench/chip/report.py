#!/usr/bin/env python3
"""Write what mote costs on a simulated chip, or check that the committed figures are still true.

    report.py --kind avr --compiler TEXT --size avr-size --chip NAME MEASURE FAST SMALL ... --result FILE
              --readme README.md [--check]

MEASURE is bench/chip/measure.c, a program; FAST and SMALL are the chip's programs with the library as it is and with
MOTE_OPTIMIZE_SIZE. The size programs are given as ROOM=FAST,SMALL; their room "empty" is what is taken off. Every figure is
exact, so --check fails if a single character of the file would change. A missed bar fails either way, but for those in NOT_REACHED."""
import argparse
import collections
import difflib
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
Cost = collections.namedtuple('Cost', 'cycles instructions stack')

ROOMS = {
    'aes': 'AES: key setup, encrypt, decrypt',
    'aes_cbc': 'AES with CBC, both ways',
    'sha256': 'SHA-256',
    'hmac': 'HMAC-SHA256',
    'hkdf': 'HKDF and device keys',
    'cbc': 'CBC, PKCS#7, streams',
    'base64': 'Base64, Base64url, Base16',
    'seal': 'seal only, as a sensor needs it',
    'packets': 'seal and open',
    'everything': 'everything',
}


class Chip:
    """The figures of one chip with one of the two libraries."""

    def __init__(self, measure, chip, program, cbc_len):
        env = dict(os.environ, MOTE_CHIP=chip, MOTE_CHIP_ELF=program)
        done = subprocess.run([measure, str(cbc_len)], stdout=subprocess.PIPE, env=env, check=True, text=True)
        self.cbc_len = cbc_len
        self.costs, self.contexts, self.backends = {}, {}, ''
        for line in done.stdout.splitlines():
            kind, _, rest = line.partition(',')
            if kind == 'cost':
                function, scenario, cycles, instructions, stack = rest.split(',')
                self.costs[function, scenario] = Cost(int(cycles), int(instructions), int(stack))
            elif kind == 'context':
                name, size = rest.split(',')
                self.contexts[name] = int(size)
            elif kind == 'backends':
                self.backends = rest

    def cycles(self, function, scenario=''):
        return self.costs['mote_' + function, scenario].cycles

    def sha256_block(self):
        """What one block more costs, as a long message sees it."""
        return self.cycles('sha256_update', '128 B') - self.cycles('sha256_update', '64 B')

    def cbc(self, direction):
        return self.cycles('cbc_' + direction, f'{self.cbc_len} B')

    def base64_encode(self):
        return self.cycles('base64_encode', '240 B') / 240

    def base64_decode(self, per):
        return self.cycles('base64_decode', '320 characters') / per

    def stack(self, *prefixes):
        return max(cost.stack for (function, _), cost in self.costs.items()
                   if any(function.startswith('mote_' + p) and 'cbc_hmac' not in function for p in prefixes))

    def stack_of_anything(self):
        return max(cost.stack for cost in self.costs.values())


def program_size(size_tool, program):
    """Flash (code, constants, initial values) and static RAM (variables) of a linked program, in bytes."""
    out = subprocess.run([size_tool, program], stdout=subprocess.PIPE, check=True, text=True).stdout
    text, data, bss = (int(x) for x in out.splitlines()[1].split()[:3])
    return text + data, data + bss


def room_sizes(size_tool, programs):
    """{room: ((flash, ram) fast, (flash, ram) small)}, the empty program taken off."""
    sizes = {}
    for given in programs:
        room, _, pair = given.partition('=')
        sizes[room] = [program_size(size_tool, p) for p in pair.split(',')]
    empty = sizes.pop('empty')
    return {room: [(s[0] - e[0], s[1] - e[1]) for s, e in zip(pair, empty)] for room, pair in sizes.items()}


# Bars that are not reached so far. The table says so; any other that is missed is an error, and so is one of these that is
# reached and still stands here.
NOT_REACHED = {
    'flash: everything, bytes',
    'flash: everything with MOTE_OPTIMIZE_SIZE, bytes',
}


def avr_bars(fast, sizes):
    """(what, bar, measured)"""
    return [
        ('AES-128 key setup, cycles', 1000, fast.cycles('aes128_init')),
        ('AES-128 encrypt a block, cycles', 2300, fast.cycles('aes128_encrypt_block')),
        ('AES-128 decrypt a block, cycles', 2900, fast.cycles('aes128_decrypt_block')),
        ('CBC encrypt 256 B, cycles', 39000, fast.cbc('encrypt')),
        ('CBC decrypt 256 B, cycles', 50000, fast.cbc('decrypt')),
        ('SHA-256, cycles a block of 64 B', 23500, fast.sha256_block()),
        ('HMAC-SHA256, 32-byte key, 64-byte message, cycles', 120000, fast.cycles('hmac_sha256', 'key 32 B; 64 B')),
        ('HKDF-SHA256, extract and expand to 32 B, cycles', 195000,
         fast.cycles('hkdf_sha256', '32 B; salt 16 B; key 32 B; info 16 B')),
        ('Base64 encode, cycles a byte', 26, fast.base64_encode()),
        ('Base64 decode, cycles a character', 40, fast.base64_decode(320)),
        ('flash: AES (encrypt, decrypt, key setup), bytes', 2300, sizes['aes'][0][0]),
        ('flash: SHA-256, bytes', 1800, sizes['sha256'][0][0]),
        ('flash: everything, bytes', 7000, sizes['everything'][0][0]),
        ('flash: everything with MOTE_OPTIMIZE_SIZE, bytes', 4800, sizes['everything'][1][0]),
        ('static RAM of the library, bytes', 0, max(ram for pair in sizes.values() for _, ram in pair)),
        ('peak stack of AES and CBC, bytes', 64, fast.stack('aes128_', 'cbc_', 'pkcs7_')),
        ('peak stack of any public function, bytes', 500, fast.stack_of_anything()),
        ('sizeof (mote_aes128), bytes', 176, fast.contexts['mote_aes128']),
        ('sizeof (mote_sha256), bytes', 106, fast.contexts['mote_sha256']),
        ('sizeof (mote_hmac_key), bytes', 64, fast.contexts['mote_hmac_key']),
    ]


AVR_TEXT = """# mote on an 8-bit AVR

Measured on the ATmega328P, simulated by simavr, which counts cycles exactly; compiled by {compiler} with -Os, as Arduino does.
Cycles are those of one call, from the call instruction to the return. Peak stack is the lowest stack pointer seen,
return address included. Flash and static RAM are what a program grows by, linked with --gc-sections. At 16 MHz, 16 000 cycles
are one millisecond. `small` is the library with MOTE_OPTIMIZE_SIZE=1.

This file is written by `meson compile -C build-avr results` and checked by `meson test -C build-avr results`.
"""


def number(value):
    return f'{value:.1f}' if isinstance(value, float) else f'{value:,}'.replace(',', ' ')


def table(head, rows):
    lines = ['| ' + ' | '.join(head) + ' |', '|' + '|'.join('---' if i == 0 else '---:' for i in range(len(head))) + '|']
    return '\n'.join(lines + ['| ' + ' | '.join(row) + ' |' for row in rows]) + '\n'


def write_avr(fast, small, sizes, compiler):
    bars = avr_bars(fast, sizes)
    text = AVR_TEXT.format(compiler=compiler)
    text += '\n## Against the bars\n\n'
    text += table(['', 'measured', 'at most'], [[what, number(value), number(bar) + (', not reached' if what in NOT_REACHED else '')]
                                              for what, bar, value in bars])
    text += f'\n## Every public function\n\nBackends (AES, SHA-256, Base64): {fast.backends}; small: {small.backends}.\n\n'
    rows = []
    for (function, scenario), cost in fast.costs.items():
        other = small.costs[function, scenario]
        rows.append([f'`{function}`' + (f', {scenario}' if scenario else ''), number(cost.cycles), number(cost.stack),
                     number(other.cycles), number(other.stack)])
    text += table(['', 'cycles', 'stack', 'small: cycles', 'stack'], rows)
    text += '\n## Flash and static RAM\n\nA room counts with all that it needs of the others.\n\n'
    text += table(['', 'flash', 'RAM', 'small: flash', 'RAM'],
                  [[title] + [number(n) for pair in sizes[room] for n in pair] for room, title in ROOMS.items()])
    text += '\n## Contexts\n\n'
    text += table(['', 'bytes'], [[f'`{name}`', number(size)] for name, size in fast.contexts.items()])
    return text, bars


# What others take on the same simulator, call and return included (measured by us on 2026-11-20: avr-gcc 5.4.0, simavr 1.6,
# ATmega328P, each at its best level): key setup, encrypt, decrypt, SHA-256 a block, what stands in the last column.
AVR_PEERS = [
    ('AVR-AES-Faster (assembly)', 859, 2254, 2832, None, 'constant'),
    ('avr-crypto-lib (assembly)', 1984, 2505, 3143, 49759, 'constant'),
    ('rweather Crypto', 2485, 6328, 15670, 45171, 'constant'),
    ('tiny-AES-c', 2870, 6039, 11293, None, 'constant here, tables in RAM'),
    ('micro-AES', 3049, 4436, 7742, None, '**varies**'),
    ('BearSSL aes_small', 3099, 7418, 16039, 166878, 'constant'),
    ('TinyCrypt', None, None, None, None, 'wrong results'),
]


def avr_readme(fast):
    ours = ('**mote**', fast.cycles('aes128_init'), fast.cycles('aes128_encrypt_block'), fast.cycles('aes128_decrypt_block'),
            fast.sha256_block(), 'constant, every function tested')
    return table(['cycles on an ATmega328P', 'AES key', 'encrypt', 'decrypt', 'SHA-256 block', 'time'],
                 [[row[0]] + ['' if n is None else number(n) for n in row[1:5]] + [row[5]] for row in [ours] + AVR_PEERS])


def put_between(text, mark, new):
    """The text with what stands between the mark's two comments replaced."""
    begin, end = f'<!-- bench: {mark} -->\n', f'<!-- end: {mark} -->'
    before, rest = text.split(begin)
    return before + begin + new + end + rest.split(end)[1]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--kind', choices=['avr'], required=True)
    parser.add_argument('--compiler', required=True)
    parser.add_argument('--size', required=True)
    parser.add_argument('--chip', action='append', nargs=4, metavar=('NAME', 'MEASURE', 'FAST', 'SMALL'), required=True)
    parser.add_argument('--cbc-len', type=int, default=256)
    parser.add_argument('--result', required=True)
    parser.add_argument('--readme', required=True)
    parser.add_argument('--check', action='store_true')
    parser.add_argument('programs', nargs='+', metavar='ROOM=FAST,SMALL')
    args = parser.parse_args()

    sizes = room_sizes(args.size, args.programs)
    (name, measure, fast, small), = args.chip
    fast_chip = Chip(measure, name, fast, args.cbc_len)
    text, bars = write_avr(fast_chip, Chip(measure, name, small, args.cbc_len), sizes, args.compiler)
    with open(args.readme, encoding='utf-8') as file:
        readme = file.read()
    files = {args.result: text, args.readme: put_between(readme, args.kind, avr_readme(fast_chip))}
    failed = False
    for what, bar, value in bars:
        if (value > bar) != (what in NOT_REACHED):
            print(f'{"over" if value > bar else "listed as not reached, but within"} the bar: '
                  f'{what}: {number(value)}, at most {number(bar)}')
            failed = True
    for path, measured in files.items():
        if args.check:
            committed = open(path, encoding='utf-8').read() if os.path.exists(path) else ''
            if committed != measured:
                sys.stdout.writelines(difflib.unified_diff(committed.splitlines(True), measured.splitlines(True),
                                                           path + ', committed', 'measured'))
                failed = True
        else:
            with open(path, 'w', encoding='utf-8') as out:
                out.write(measured)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
