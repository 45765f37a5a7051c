#!/usr/bin/env python3
"""Write what mote costs on a simulated chip, or check that the committed figures are still true.

    report.py --kind KIND --compiler TEXT --size SIZE --chip NAME MEASURE FAST SMALL --result FILE --readme FILE \\
        [--check] ROOM=FAST,SMALL...

KIND is atmega328p, cortex-m0 or cortex-m4; the last two share a file, in which each writes and checks its own part. MEASURE
is the program of bench/chip/measure.c; FAST and SMALL are the chip's programs with the library as it is and with
MOTE_OPTIMIZE_SIZE. The size programs are given as ROOM=FAST,SMALL; their room "empty" is what is taken off. Every figure
is exact or, where cycles are estimated, always the same, so --check fails if a single character of the file would change. A
missed bar fails either way, but for those in NOT_REACHED. What the README shows of it stands there between two comments."""
import argparse
import collections
import difflib
import os
import subprocess
import sys

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

    def __init__(self, measure, chip, program, plugin, cbc_len):
        env = dict(os.environ, MOTE_CHIP=chip, MOTE_CHIP_ELF=program)
        if plugin:
            env['MOTE_CHIP_PLUGIN'] = plugin
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
    'atmega328p': set(),
    'cortex-m0': set(),
    'cortex-m4': set(),
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


def number(value):
    return f'{value:.1f}' if isinstance(value, float) else f'{value:,}'.replace(',', ' ')


def table(head, rows):
    lines = ['| ' + ' | '.join(head) + ' |', '|' + '|'.join('---' if i == 0 else '---:' for i in range(len(head))) + '|']
    return '\n'.join(lines + ['| ' + ' | '.join(row) + ' |' for row in rows]) + '\n'


def cortex_m_bars(fast, sizes, bars):
    """The same rows for each core; bars in this order, None for those that a core has not."""
    rows = [
        ('CBC encrypt 1 KB, cycles a byte', fast.cbc('encrypt') / 1024),
        ('CBC decrypt 1 KB, cycles a byte', fast.cbc('decrypt') / 1024),
        ('AES-128 key setup, cycles', fast.cycles('aes128_init')),
        ('SHA-256, cycles a block of 64 B', fast.sha256_block()),
        ('HMAC-SHA256, 32-byte key, 64-byte message, cycles', fast.cycles('hmac_sha256', 'key 32 B; 64 B')),
        ('Base64 encode, cycles a byte', fast.base64_encode()),
        ('Base64 decode, cycles a byte of the result', fast.base64_decode(240)),
        ('flash: AES with CBC both ways, small, bytes', sizes['aes_cbc'][1][0]),
        ('flash: SHA-256, small, bytes', sizes['sha256'][1][0]),
        ('flash: everything, small, bytes', sizes['everything'][1][0]),
        ('static RAM of the library, bytes', max(ram for pair in sizes.values() for _, ram in pair)),
        ('peak stack of AES and CBC, bytes', fast.stack('aes128_', 'cbc_', 'pkcs7_')),
        ('peak stack of SHA-256, bytes', fast.stack('sha256_')),
        ('peak stack of any public function, bytes', fast.stack_of_anything()),
    ]
    return [(what, bar, value) for (what, value), bar in zip(rows, bars) if bar is not None]


def cortex_m0_bars(fast, sizes):
    return cortex_m_bars(fast, sizes, [440, 260, 7500, 5500, 29500, 36, 57, None, None, None, 0, 280, 340, 800])


def cortex_m4_bars(fast, sizes):
    return cortex_m_bars(fast, sizes, [200, 110, 4500, 2250, 13000, 16, 25, 2900, 1250, 8000, 0, 260, 160, 600])


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


def avr_readme(fast, small, sizes):
    ours = ('**mote**', fast.cycles('aes128_init'), fast.cycles('aes128_encrypt_block'), fast.cycles('aes128_decrypt_block'),
            fast.sha256_block(), 'constant, every function tested')
    return table(['cycles on an ATmega328P', 'AES key', 'encrypt', 'decrypt', 'SHA-256 block', 'time'],
                 [[row[0]] + ['' if n is None else number(n) for n in row[1:5]] + [row[5]] for row in [ours] + AVR_PEERS])


def avr_size_readme(fast, small, sizes):
    rows = [[built, *(number(sizes[room][i][0]) for room in ('everything', 'packets')),
             number(chip.cycles('seal', '32 B; aad 8 B')), number(chip.cycles('open', '80 B; aad 8 B'))]
            for i, (built, chip) in enumerate((('as above', fast), ('with `-DMOTE_OPTIMIZE_SIZE=1`', small)))]
    return table(['', 'flash: all', 'seal and open', 'cycles: seal', 'open'], rows)


# The same on QEMU's Cortex-M4 (measured by us on 2026-11-20: arm-none-eabi-gcc 12.2.1, QEMU 7.2, the model of
# test/chip/cycles.h): key setup, CBC encryption and decryption of 1 KB in cycles a byte, SHA-256 a block, bytes of an AES
# context and of stack, what stands in the last column.
CORTEX_M4_PEERS = [
    ('aadomn fixsliced (assembly, encryption only)', 4069, 171, None, None, 352, 112, 'constant'),
    ('BearSSL aes_ct, -O3', 8482, 370, 250, 2705, 248, 824, 'constant'),
    ('ctaes, -O3', 11857, 475, 505, None, 176, 248, 'constant'),
    ('mbedTLS, fewer tables, -O3', 350, 54.6, 56.7, None, 280, 372, '**looks up by secrets**'),
    ('micro-AES, -O3', None, 222, 307, None, 176, 132, '**looks up by secrets**'),
    ('tiny-AES-c, -Os', 1414, 463, 835, None, 192, 172, '**looks up by secrets**'),
    ('TinyCrypt, -O2', 1003, 533, 2447, None, 176, 208, '**looks up by secrets**'),
    ('CRYPTOGAMS (assembly)', None, None, None, 2213, None, None, ''),
]


def cortex_m4_readme(fast, small, sizes):
    ours = ('**mote**, -O2', fast.cycles('aes128_init'), fast.cbc('encrypt') / 1024, fast.cbc('decrypt') / 1024,
            fast.sha256_block(), fast.contexts['mote_aes128'], fast.stack('aes128_', 'cbc_', 'pkcs7_'), 'constant')
    head = ['cycles on a Cortex-M4', 'AES key', 'CBC encrypt a byte', 'decrypt', 'SHA-256 block', 'AES context', 'stack', 'trace']
    return table(head,
                 [[row[0]] + ['' if n is None else number(n) for n in row[1:7]] + [row[7]] for row in [ours] + CORTEX_M4_PEERS])


AVR_HEAD = """# mote on an 8-bit AVR

Measured on the ATmega328P, simulated by simavr, which counts cycles exactly; compiled with -Os, as Arduino does. Cycles are
those of one call, from the call instruction to the return. Peak stack is the lowest stack pointer seen, return address
included. Flash and static RAM are what a program grows by, linked with --gc-sections. At 16 MHz, 16 000 cycles are one
millisecond. "Small" is the library with MOTE_OPTIMIZE_SIZE=1.

`meson compile -C build-avr results` writes this file, `meson test -C build-avr results` checks that it is still true.
"""

CORTEX_M_HEAD = """# mote on Cortex-M

Measured on boards simulated by QEMU, compiled with -O2; "small" is -Os with MOTE_OPTIMIZE_SIZE=1. Instructions are counted
exactly, from the call to the return. Cycles are estimated from them: the timings of Arm's technical reference manuals, memory
without wait states, two cycles more for a taken branch on the M4; against code that others measured on boards they err by 0 to
-5 % (test/chip/cycles.h). Peak stack is the lowest stack pointer seen. Flash and static RAM are what a program grows by that already has memcpy, memmove and memset, linked with
--gc-sections.

`meson compile -C build-m4 results` writes the M4's part, the same in build-m0 the M0's; `meson test results` checks them.
"""

# What a kind of chip is called, its bars, the head of its file, whether its cycles are exact, and the README's tables, each
# with the mark that it stands at.
KINDS = {
    'atmega328p': ('ATmega328P', avr_bars, AVR_HEAD, True, {'avr': avr_readme, 'avr-size': avr_size_readme}),
    'cortex-m0': ('Cortex-M0', cortex_m0_bars, CORTEX_M_HEAD, False, {}),
    'cortex-m4': ('Cortex-M4', cortex_m4_bars, CORTEX_M_HEAD, False, {'cortex-m4': cortex_m4_readme}),
}


def function_table(fast, small, exact):
    head = ['', 'cycles', 'stack', 'small: cycles', 'stack']
    if not exact:
        head = ['', 'instructions', 'cycles', 'stack', 'small: instructions', 'cycles', 'stack']
    rows = []
    for function, scenario in fast.costs:
        row = [f'`{function}`' + (f', {scenario}' if scenario else '')]
        for chip in (fast, small):
            cost = chip.costs[function, scenario]
            row += ([] if exact else [number(cost.instructions)]) + [number(cost.cycles), number(cost.stack)]
        rows.append(row)
    return table(head, rows)


def part(kind, fast, small, sizes, bars, compiler):
    """One chip's part of a file."""
    name, _, _, exact, _ = KINDS[kind]
    text = f'\n## {name}: against the bars\n\nCompiled by {compiler}.\n\n'
    text += table(['', 'measured', 'at most'],
                  [[what, number(value), number(bar) + (', not reached' if what in NOT_REACHED[kind] else '')]
                   for what, bar, value in bars])
    text += f'\n## {name}: every public function\n\n'
    text += f'Backends (AES, SHA-256, Base64): {fast.backends}; small: {small.backends}.\n\n'
    text += function_table(fast, small, exact)
    text += f'\n## {name}: flash and static RAM\n\nIn bytes. A room counts with all that it needs of the others.\n\n'
    text += table(['', 'flash', 'RAM', 'small: flash', 'RAM'],
                  [[title] + [number(n) for pair in sizes[room] for n in pair] for room, title in ROOMS.items()])
    text += f'\n## {name}: contexts\n\n'
    return text + table(['', 'bytes'], [[f'`{name}`', number(size)] for name, size in fast.contexts.items()])


def whole_file(kind, committed, new_part):
    """The file with this kind's part replaced and the parts of others kept."""
    head = KINDS[kind][2]
    text = head
    for other, (name, _, other_head, _, _) in KINDS.items():
        if other == kind:
            text += new_part
        elif other_head == head:
            begin = committed.find(f'\n## {name}: against')
            end = committed.find(f'\n## {name}: contexts')
            if begin >= 0 and end >= 0:
                after = committed.find('\n## ', end + 1)
                text += committed[begin:after if after >= 0 else len(committed)]
    return text


def put_between(text, mark, new):
    """The text with what stands between the mark's two comments replaced."""
    begin, end = f'<!-- bench: {mark} -->\n', f'<!-- end: {mark} -->'
    before, rest = text.split(begin)
    return before + begin + new + end + rest.split(end)[1]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--kind', choices=sorted(KINDS), required=True)
    parser.add_argument('--compiler', required=True)
    parser.add_argument('--size', required=True)
    parser.add_argument('--chip', nargs=4, metavar=('NAME', 'MEASURE', 'FAST', 'SMALL'), required=True)
    parser.add_argument('--plugin')
    parser.add_argument('--cbc-len', type=int, default=256)
    parser.add_argument('--result', required=True)
    parser.add_argument('--readme', required=True)
    parser.add_argument('--check', action='store_true')
    parser.add_argument('programs', nargs='+', metavar='ROOM=FAST,SMALL')
    args = parser.parse_args()

    sizes = room_sizes(args.size, args.programs)
    name, measure, *programs = args.chip
    fast, small = (Chip(measure, name, program, args.plugin, args.cbc_len) for program in programs)
    bars = KINDS[args.kind][1](fast, sizes)
    committed = {path: open(path, encoding='utf-8').read() if os.path.exists(path) else ''
                 for path in (args.result, args.readme)}
    measured = {args.result: whole_file(args.kind, committed[args.result],
                                        part(args.kind, fast, small, sizes, bars, args.compiler))}
    for mark, readme_table in KINDS[args.kind][4].items():
        measured[args.readme] = put_between(measured.get(args.readme, committed[args.readme]), mark,
                                            readme_table(fast, small, sizes))
    failed = False
    for what, bar, value in bars:
        if (value > bar) != (what in NOT_REACHED[args.kind]):
            print(f'{"over" if value > bar else "listed as not reached, but within"} the bar: '
                  f'{what}: {number(value)}, at most {number(bar)}')
            failed = True
    for path, text in measured.items():
        if not args.check:
            with open(path, 'w', encoding='utf-8') as out:
                out.write(text)
        elif committed[path] != text:
            sys.stdout.writelines(difflib.unified_diff(committed[path].splitlines(True), text.splitlines(True),
                                                       path + ', committed', 'measured'))
            failed = True
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
