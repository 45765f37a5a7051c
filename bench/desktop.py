#!/usr/bin/env python3
"""Full runs of bench_desktop, and what they say of our own bars.

    desktop.py PROGRAM      run it with and without SHA instructions; write bench/results/desktop.csv, .md and .svg and the
                            table in README.md
    desktop.py --bars       compare bench/results/desktop.csv to the bars; exit status 1 if one is missed
    desktop.py --write      write what is made of that file again: the bars in desktop.md, desktop.svg, README's table
    desktop.py --check      exit status 1 if one of these three is not what that file gives

The bars are ratios, a peer's time divided by mote's, for a processor with AES-NI and AVX-512 and without SHA instructions: they
are held against the run in which mote and all peers leave those out."""
import collections
import csv
import difflib
import math
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
RESULT = os.path.join(HERE, 'results', 'desktop')
README = os.path.join(os.path.dirname(HERE), 'README.md')
BEGIN, END = '<!-- bench: desktop -->\n', '<!-- end: desktop -->\n'
BARS_BEGIN = '\n## Bars\n'
RUNS = {'no_sha': (['--no-sha'], 'SHA instructions not used, by anyone'), 'all': ([], 'All instructions used')}

# (mote's operation, the peer's, which peer or None for the best, {bytes: ratio})
BARS = [
    ('cbc_encrypt', 'cbc_encrypt', None, {16: 1.5, 64: 1.5, 256: 1.15, 1024: 1.0, 16384: 0.99}),
    ('cbc_decrypt', 'cbc_decrypt', None, {16: 1.3, 64: 1.2, 256: 1.05, 1024: 1.0, 16384: 0.99}),
    ('sha256', 'sha256', None, {16: 1.05, 64: 1.07, 256: 0.97, 1024: 0.96, 16384: 0.96}),
    ('hmac', 'hmac', None, {16: 1.5, 64: 1.5, 256: 1.2, 1024: 1.0, 16384: 0.97}),
    ('seal', 'seal', 'OpenSSL', {16: 2, 64: 2, 256: 1.3, 1024: 1.0, 16384: 0.98}),
    ('base64_encode', 'base64_encode', 'OpenSSL', {1024: 7, 16384: 11}),
    ('base64_decode', 'base64_decode', 'OpenSSL', {1024: 6, 16384: 8.5}),
    ('cbc_encrypt_soft', 'cbc_encrypt_soft', 'BearSSL', {1024: 16, 16384: 16}),
    ('cbc_decrypt_soft', 'cbc_decrypt_soft', 'BearSSL', {1024: 9, 16384: 9}),
    ('hkdf', 'hkdf', 'BearSSL', {0: 1.5}),
    ('device_key', 'hkdf', 'BearSSL', {0: 6}), # the peer extracts for each device
    ('device_key', 'hkdf', 'OpenSSL', {0: 25}),
]
KEY_SETUP_TICKS = 150

# Two panels, each with its own range of ratios: (title, ratios on the axis, {operation: (its title, color)})
PANELS = [
    ('AES, SHA-256, HMAC, seal', (0.75, 1, 1.5, 2, 2.5), {
        'seal': ('seal', '#ef4444'),
        'cbc_decrypt': ('CBC decryption', '#06a3a3'),
        'hmac': ('HMAC, new key', '#ec4899'),
        'cbc_encrypt': ('CBC encryption', '#3b82f6'),
        'sha256': ('SHA-256', '#a855f7'),
    }),
    ('Base64', (0.25, 0.5, 1, 2, 4, 8, 16), {
        'base64_decode': ('decoding', '#65a30d'),
        'base64_encode': ('encoding', '#ca8a04'),
    }),
]

# README's table: (run, operation, title), the best peer's time divided by mote's.
README_SIZES = {16: '16 B', 64: '64 B', 256: '256 B', 1024: '1 KB', 16384: '16 KB'}
README_ROWS = [
    ('no_sha', 'cbc_encrypt', 'CBC encryption'),
    ('no_sha', 'cbc_decrypt', 'CBC decryption'),
    ('no_sha', 'sha256', 'SHA-256'),
    ('all', 'sha256', 'SHA-256 with SHA instructions'),
    ('no_sha', 'hmac', 'HMAC with a new key'),
    ('all', 'hmac', 'HMAC with a new key and SHA instructions'),
    ('no_sha', 'seal', 'seal, beside CBC and HMAC of OpenSSL'),
    ('no_sha', 'base64_encode', 'Base64 encoding'),
    ('no_sha', 'base64_decode', 'Base64 decoding'),
    ('no_sha', 'cbc_encrypt_soft', 'CBC encryption without AES instructions, beside BearSSL'),
    ('no_sha', 'cbc_decrypt_soft', 'CBC decryption without AES instructions, beside BearSSL'),
]


def load():
    figures = collections.defaultdict(dict)
    with open(RESULT + '.csv', encoding='utf-8') as file:
        for row in csv.DictReader(file):
            figures[row['run'], row['operation'], int(row['bytes'])][row['library']] = float(row['ticks'])
    return figures


def best_peer(figures):
    return min((ticks, name) for name, ticks in figures.items() if name != 'mote')


def bars():
    figures, missed = load(), 0
    rows = ['| operation | bytes | beside | ratio | bar | |', '|---|---:|---|---:|---:|---|']

    def row(operation, size, peer, value, bar, reached):
        rows.append(f"| {operation} | {size or ''} | {peer} | {value} | {bar} | {'' if reached else '**missed**'} |")
        return not reached

    for ours, theirs, peer, wanted in BARS:
        for size, bar in wanted.items():
            mote, others = figures['no_sha', ours, size]['mote'], figures['no_sha', theirs, size]
            ticks, name = (others[peer], peer) if peer else best_peer(others)
            ratio = ticks / mote
            missed += row(ours, size, name + (' ' + theirs if theirs != ours else ''), f'{ratio:.2f}', bar, ratio >= bar)
    setup = figures['no_sha', 'aes_setup', 0]['mote']
    missed += row('aes_setup, TSC cycles', 0, '', f'{setup:.0f}', f'<= {KEY_SETUP_TICKS}', setup <= KEY_SETUP_TICKS)
    return rows, missed


def bars_part():
    table, missed = bars()
    return f'{BARS_BEGIN}\nFor the run without SHA instructions; {missed} missed.\n\n' + '\n'.join(table) + '\n'


def readme_table():
    figures = load()
    rows = ["| best peer's time / mote's | " + ' | '.join(README_SIZES.values()) + ' |', '|---|' + '---:|' * len(README_SIZES)]
    for run_name, operation, title in README_ROWS:
        ratios = [best_peer(figures[run_name, operation, size])[0] / figures[run_name, operation, size]['mote']
                  for size in README_SIZES]
        rows.append(f'| {title} | ' + ' | '.join(f'{ratio:.2f}' for ratio in ratios) + ' |')
    return '\n'.join(rows) + '\n'


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def made_of_the_figures():
    """{path: (the file as it is, as bench/results/desktop.csv gives it)}"""
    readme, results = read(README), read(RESULT + '.md')
    before, _, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end or BARS_BEGIN not in results:
        sys.exit('README.md has no table between the marks of bench/desktop.py, or bench/results/desktop.md no bars')
    return {README: (readme, before + BEGIN + readme_table() + END + after),
            RESULT + '.md': (results, results[:results.index(BARS_BEGIN)] + bars_part()),
            RESULT + '.svg': (read(RESULT + '.svg'), plot())}


def write():
    for path, (_, text) in made_of_the_figures().items():
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)


def check():
    differ = [difflib.unified_diff(now.splitlines(True), text.splitlines(True), path, 'made of desktop.csv')
              for path, (now, text) in made_of_the_figures().items() if now != text]
    for lines in differ:
        sys.stdout.writelines(lines)
    return bool(differ)


def panel(figures, left, title, ticks, operations):
    """The lines of one panel of the plot. Both axes are logarithmic; what is beyond the ticks widens the range."""
    top, plot_width, plot_height = 62, 330, 270
    sizes = sorted({size for run, operation, size in figures if operation == 'seal'})
    ratios = {operation: [best_peer(figures['no_sha', operation, size])[0] / figures['no_sha', operation, size]['mote']
                          for size in sizes] for operation in operations}
    low, high = (math.log2(end([*ticks, *sum(ratios.values(), [])])) for end in (min, max))

    def x_of(size):
        return left + plot_width * math.log2(size / sizes[0]) / math.log2(sizes[-1] / sizes[0])

    def y_of(ratio):
        return top + plot_height * (high - math.log2(ratio)) / (high - low)

    out = [f'<text x="{left}" y="46" font-weight="bold">{title}</text>']
    for tick in ticks:
        out.append(f'<path class="{"one" if tick == 1 else "grid"}" d="M{left},{y_of(tick):.1f}h{plot_width}"/>')
        out.append(f'<text x="{left - 10}" y="{y_of(tick) + 4:.1f}" text-anchor="end">{tick:g}</text>')
    for size in sizes:
        text = f'{size // 1024} KB' if size >= 1024 else f'{size} B'
        out.append(f'<path class="grid" d="M{x_of(size):.1f},{top}v{plot_height + 5}"/>')
        out.append(f'<text x="{x_of(size):.1f}" y="{top + plot_height + 21}" text-anchor="middle">{text}</text>')
    for number, (operation, (name, color)) in enumerate(operations.items()):
        points = [f'{x_of(size):.1f},{y_of(ratio):.1f}' for size, ratio in zip(sizes, ratios[operation])]
        out.append(f'<polyline points="{" ".join(points)}" fill="none" stroke="{color}" stroke-width="2"/>')
        out.extend('<circle cx="{}" cy="{}" r="3" fill="{}"/>'.format(*point.split(','), color) for point in points)
        x, y = left + 165 * (number % 2), top + plot_height + 50 + 22 * (number // 2)
        out.append(f'<path d="M{x},{y - 4}h20" stroke="{color}" stroke-width="2.5"/><circle cx="{x + 10}" cy="{y - 4}" r="3" '
                   f'fill="{color}"/><text x="{x + 26}" y="{y}">{name}</text>')
    return out


def plot():
    figures = load()
    out = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 440" font-family="sans-serif" font-size="12">',
           '<style>text{fill:#333}.grid{stroke:#8886;fill:none}.one{stroke:#888;stroke-width:2;fill:none}'
           '@media (prefers-color-scheme:dark){text{fill:#ddd}}</style>',
           '<text x="42" y="20" font-size="14">The best peer\'s time / mote\'s: above 1 mote is faster '
           '(no SHA instructions)</text>']
    for number, (title, ticks, operations) in enumerate(PANELS):
        out += panel(figures, 42 + 400 * number, title, ticks, operations)
    return '\n'.join(out + ['</svg>', ''])


def run(program):
    tables = ['# mote beside its peers on a desktop processor\n\nMade by `bench/desktop.py build/bench/bench_desktop`. '
              'Every figure is the best of many rounds that go around all libraries; only ratios within a run count, since the '
              'clock changes under load.\n']
    rows = []
    for name, (options, title) in RUNS.items():
        with tempfile.NamedTemporaryFile('r', suffix='.csv') as file:
            text = subprocess.run([program, *options, '--csv', file.name], check=True, stdout=subprocess.PIPE, text=True).stdout
            lines = file.read().splitlines()
        rows += ([f'run,{lines[0]}'] if not rows else []) + [f'{name},{line}' for line in lines[1:]]
        tables.append(f'\n## {title}\n\n{text}')
    with open(RESULT + '.csv', 'w', encoding='utf-8') as file:
        file.write('\n'.join(rows) + '\n')
    with open(RESULT + '.md', 'w', encoding='utf-8') as file:
        file.write(''.join(tables) + bars_part())
    write()


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    if sys.argv[1] == '--check':
        return check()
    if sys.argv[1] != '--bars':
        write() if sys.argv[1] == '--write' else run(sys.argv[1])
        return 0
    table, missed = bars()
    print('\n'.join(table), f'\n{missed} missed')
    return 1 if missed else 0


if __name__ == '__main__':
    sys.exit(main())
