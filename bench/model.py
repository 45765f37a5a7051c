#!/usr/bin/env python3
"""What mote and its peers take on the processor that the bars of bench/desktop.py are for, where there is none.

    model.py PROGRAM            run all in the model; write bench/results/model.md
    model.py PROGRAM --check    run all; exit status 1 if a bar is missed that this file does not name
    model.py PROGRAM OPERATION BYTES [LIBRARY]
                                one call: its cycles, and what they are spent on

The processor is Intel's Cascade Lake: AES-NI and AVX-512, neither SHA instructions nor VAES. One call of bench_desktop is
recorded instruction by instruction on this processor (which must have AVX-512), with the backends that Cascade Lake would
choose, and llvm-mca takes such calls one after the other through LLVM's model: how many are renamed in a cycle, which port runs
what, which result waits for which. It knows of no cache, no mispredicted branch and no load that waits for a store, and moves
between registers take it time. How far that carries is seen where peers were measured on such a processor."""
import functools
import itertools
import os
import re
import subprocess
import sys
import tempfile

import desktop

HERE = os.path.dirname(os.path.abspath(__file__))
RESULT = os.path.join(HERE, 'results', 'model.md')
MCA = ['llvm-mca-19', '-mcpu=cascadelake', '-dispatch=4', '-call-latency=1'] # four instructions a cycle are renamed
OPTIONS = ['--no-sha', '--aes', 'aesni', '--sha256', 'avx512', '--base64', 'avx2']
PEERS = ['OpenSSL', 'libgcrypt', 'nettle', 'BearSSL']
LONGEST = 1024 # bytes; from there on time grows with the length
NO_SUCH_CALL = 77 # bench_desktop's exit status

# Debian 12's packages measured on a Cascade Lake of 2.5 GHz, 2026-11-20, TSC cycles a call; its core made 1.23 cycles in one of
# the TSC's (AES-128-CBC encryption: 2.08 a byte, and 40.9 of the core for a block of ten rounds of four cycles).
CORE_CYCLES = 1.23
MEASURED = {
    ('cbc_encrypt', 64): {'libgcrypt': 139},
    ('cbc_encrypt', 1024): {'libgcrypt': 2.08 * 1024},
    ('cbc_decrypt', 64): {'libgcrypt': 45},
    ('cbc_decrypt', 1024): {'libgcrypt': 0.515 * 1024},
    ('cbc_encrypt_soft', 1024): {'BearSSL': 164 * 1024},
    ('cbc_decrypt_soft', 1024): {'BearSSL': 50 * 1024},
    ('sha256', 64): {'OpenSSL': 1004},
    ('hmac', 64): {'nettle': 3645},
    ('hmac', 1024): {'OpenSSL': 12.66 * 1024},
    ('hkdf', 0): {'BearSSL': 6988, 'OpenSSL': 28961},
    ('base64_encode', 1024): {'OpenSSL': 1.95 * 1024},
    ('base64_decode', 1024): {'OpenSSL': 2.16 * 1024},
}


def instructions(program, operation, size, library):
    """The call's instructions in AT&T syntax, in the order of execution; None if there is no such call."""
    text = subprocess.run([program, *OPTIONS, '--trace', operation, str(size), library], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, env={**os.environ, 'BENCH_NO_VAES': '1', 'LD_BIND_NOW': '1'})
    if text.returncode == NO_SUCH_CALL:
        return None
    if text.returncode != 0:
        sys.exit(text.stderr)
    # A repeated string instruction is traced once for each repetition.
    trace = [line.split() for line, _ in itertools.groupby(text.stdout.splitlines())]
    # Each instruction at the start of 32 bytes, NOPs after it.
    slots = {address: code for address, code in trace}
    with tempfile.NamedTemporaryFile(suffix='.bin') as file:
        file.write(b''.join(bytes.fromhex(code) + 17 * b'\x90' for code in slots.values()))
        file.flush()
        listing = subprocess.run(['objdump', '-D', '-b', 'binary', '-m', 'i386:x86-64', '--no-show-raw-insn', file.name],
                                 stdout=subprocess.PIPE, text=True, check=True).stdout
    at = {int(m[1], 16): m[2] for m in re.finditer(r'^\s*([0-9a-f]+):\s+(.*)$', listing, re.M)}
    meaning = {address: load_apart(for_model(at[32 * i])) for i, address in enumerate(slots)}
    return [text for address, _ in trace for text in meaning[address]]


def for_model(instruction):
    """As llvm-mca reads it; a call is its store of the return address, a return its load. Nothing waits for the stack pointer
    that is moved by a push or pop: a processor knows it beforehand."""
    text = re.sub(r'\s*(#|<).*', '', instruction)
    text = re.sub(r'^(notrack|bnd|data16|cs|addr32|repz(?= ret))\s+', '', text)
    name = text.split()[0]
    if name == 'call':
        return 'movq %rax, -8(%rsp)'
    if name == 'ret':
        return 'jmp *(%rsp)'
    if name == 'push' and '(' not in text:
        return f'movq {text.split()[1]}, -8(%rsp)'
    if name == 'pop':
        return f'movq (%rsp), {text.split()[1]}'
    if name.startswith('j') and '*' not in text:
        return name + ' 16'
    return 'nop' if name == 'endbr64' else text # which it is on this processor, and llvm-mca takes for something slow


# Instructions of vectors that have another name with the last sixteen registers, and those that have no such form or only load.
UPPER_NAMES = {'vpxor': 'vpxorq', 'vpand': 'vpandq', 'vpandn': 'vpandnq', 'vpor': 'vporq'}
NO_LOAD_APART = re.compile('v?p?(mov|insr|extr|broadcast|gather|blend|cmp|test|sign|hadd|hsub)|'
                           'v?(cvt|lddqu|zero|extract|insert|perm2)|prefetch')


def load_apart(text):
    """The load of a vector instruction by itself: a processor loads as soon as it has the address, where llvm-mca waits for the
    other operands."""
    name, _, rest = text.partition(' ')
    operands = [operand.strip() for operand in re.split(r',(?![^(]*\))', rest)]
    last = re.fullmatch('%([xyz]mm)[0-9]+', operands[-1])
    at = [i for i, operand in enumerate(operands[:-1]) if operand.endswith(')')]
    if not last or not at or NO_LOAD_APART.match(name):
        return [text]
    loaded = f'%{last[1]}31' # which nothing else here has for long
    load = f'vmovdqu64 {operands[at[0]]},{loaded}'
    operands[at[0]] = loaded
    if not name.startswith('v'):
        name, operands = 'v' + name, operands + operands[-1:]
    return [load, f"{UPPER_NAMES.get(name, name)} {','.join(operands)}"]


def run_model(lines, *options):
    calls = max(5, 400000 // len(lines))
    out = subprocess.run([*MCA, *options, f'-iterations={calls}'], input='\n'.join(lines), stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, text=True)
    cycles = re.search(r'^Total Cycles:\s+(\d+)', out.stdout, re.M)
    if not cycles or 'error' in out.stderr:
        sys.exit(out.stderr[:2000])
    return int(cycles[1]) / calls, out.stdout


@functools.cache
def cycles_of(program, operation, size, library):
    """Of one call; None where the library has none, or asks the processor what it is, which no model knows the cost of."""
    lines = instructions(program, operation, size, library)
    if lines is None or 'cpuid' in lines:
        return None
    return run_model(lines, '-resource-pressure=false', '-instruction-info=false')[0]


def figure(cycles):
    return '-' if cycles is None else f'{cycles:.0f}' if cycles >= 100 else f'{cycles:.1f}'


HEAD = """# The bars up to 1 KB on the processor that they are for, by a model

Made by `bench/model.py build/bench/bench_desktop`, which says how, of gcc's code. Core cycles of a call where calls follow one
another, on Intel's Cascade Lake. What peers take is modelled too; for some it was measured on such a processor, with Debian
12's packages, and then that decides. nettle's function for AES-128 in CBC was not measured there; beside it the bar for 64
bytes would be missed too, and that for 16 bytes is at the limit of the AES unit, which does one round a cycle.

"""
BARS_HEAD = """| operation | bytes | mote | best peer, modelled | ratio | best peer, measured | ratio | bar | |
|---|---:|---:|---|---:|---|---:|---:|---|
"""
PEERS_HEAD = """
## How far the model carries

Those peers, modelled and measured. Under 1 a peer waits for what the model does not know of, as BearSSL's bitsliced AES does for
what it has just put on the stack. The two that are far off may have been called in another way there: libgcrypt without setting
an IV, OpenSSL with a context made for each key, as its manual has it.

| operation | bytes | peer | modelled | measured | modelled / measured |
|---|---:|---|---:|---:|---:|
"""


class Bar:
    """One bar, and what the model says to it."""
    def __init__(self, program, ours, theirs, only, size, bar):
        mote = cycles_of(program, ours, size, 'mote')
        peers = {name: cycles_of(program, theirs, size, name) for name in ([only] if only else PEERS)}
        measured = {name: CORE_CYCLES * ticks for name, ticks in MEASURED.get((theirs, size), {}).items() if only in (None, name)}
        best = [min(((cycles, name) for name, cycles in there.items() if cycles), default=None) for there in (peers, measured)]
        decides = best[1] or best[0]
        reached = decides and decides[0] / mote >= bar
        cells = [f'{found[1]} {figure(found[0])} | {found[0] / mote:.2f}' if found else '- | -' for found in best]
        self.row = f"| {ours} | {size or ''} | {figure(mote)} | {' | '.join(cells)} | {bar} | {'' if reached else '**missed**'} |"
        self.peers = [f"| {theirs} | {size or ''} | {name} | {figure(peers[name])} | {figure(cycles)} | {peers[name] / cycles:.2f} |"
                      for name, cycles in measured.items() if peers[name]]


def run_all(program):
    bars = []
    for ours, theirs, only, wanted in desktop.BARS:
        for size, bar in wanted.items():
            if size <= LONGEST:
                bars.append(Bar(program, ours, theirs, only, size, bar))
                print(bars[-1].row, flush=True)
    print(len(missed(bar.row for bar in bars)), 'missed')
    return bars


def write(bars):
    peers = list(dict.fromkeys(row for bar in bars for row in bar.peers))
    with open(RESULT, 'w', encoding='utf-8') as file:
        file.write(HEAD + BARS_HEAD + '\n'.join(bar.row for bar in bars) + '\n' + PEERS_HEAD + '\n'.join(peers) + '\n')


def missed(rows):
    """{(operation, bytes, bar): row} of those that say so."""
    cells = {row: row.split('|') for row in rows if '**missed**' in row}
    return {(cell[1], cell[2], cell[8]): row for row, cell in cells.items()}


def check(bars):
    with open(RESULT, encoding='utf-8') as file:
        known = missed(file)
    new = [row for name, row in missed(bar.row for bar in bars).items() if name not in known]
    for row in new:
        print('not reached any more:', row)
    return bool(new)


def one(program, operation, size, library='mote'):
    lines = instructions(program, operation, int(size), library)
    if lines is None:
        sys.exit(f'{library} has no {operation} of {size} bytes')
    cycles, text = run_model(lines, '-bottleneck-analysis')
    print(text)
    print(f'{cycles:.1f} cycles, {len(lines)} instructions')


def main():
    program, rest = sys.argv[1:2], sys.argv[2:]
    if not program or (len(rest) not in (0, 2, 3) and rest != ['--check']):
        sys.exit(__doc__)
    if rest == ['--check']:
        return check(run_all(*program))
    if rest:
        one(*program, *rest)
    else:
        write(run_all(*program))
    return 0


if __name__ == '__main__':
    sys.exit(main())
