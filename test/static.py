#!/usr/bin/env python3
"""Static analysis of the library: compiler warnings, gcc's analyser, cppcheck with its MISRA C:2012 addon, clang-tidy.

    static.py [warnings] [analyser] [cppcheck] [tidy]     all of them if none is named

Nothing may be found in any of the configurations below, but the MISRA rules that MISRA.md lists, each in the rooms that it
lists there; and what it lists must occur there. Each tool is first shown planted faults, which it must find. Exit status 77: a tool
is missing (nothing is claimed then)."""
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
SOURCES = sorted(f for room in ROOMS for f in glob.glob(room + '/*.c', root_dir=TOP))
TARGETS = {'desktop': [], 'portable': ['-DMOTE_PORTABLE_ONLY=1'], 'small': ['-DMOTE_PORTABLE_ONLY=1', '-DMOTE_OPTIMIZE_SIZE=1'],
           'cortex-m': ['-DMOTE_TARGET_CORTEX_M=1'], 'avr': ['-DMOTE_TARGET_AVR=1']}

WARNINGS = ['-std=c99', '-pedantic', '-Wall', '-Wextra', '-Wconversion', '-Wsign-conversion', '-Wundef', '-Wshadow', '-Wvla', '-Werror']
STRICT = ['-Wcast-align=strict']  # gcc's; clang's plain one means the same, and gcc 5 for AVR, where all is aligned, has none
COMPILERS = [(['gcc', *STRICT], TARGETS), (['clang-14', '-Wcast-align'], TARGETS), (['clang-19', '-Wcast-align'], TARGETS)] + [
    (compiler, {'as it is': [], 'small': ['-DMOTE_OPTIMIZE_SIZE=1']}) for compiler in (
        ['aarch64-linux-gnu-gcc', *STRICT], ['arm-none-eabi-gcc', '-mcpu=cortex-m0', '-mthumb', *STRICT],
        ['arm-none-eabi-gcc', '-mcpu=cortex-m4', '-mthumb', *STRICT], ['avr-gcc', '-mmcu=atmega328p'])]
WARNED = ['unsigned char f(int x); unsigned char f(int x) { return x; }', 'unsigned f(int x); unsigned f(int x) { return x; }',
          '#if UNKNOWN\n#endif\nint f(void);', 'int f(int x); int f(int x) { { int x = 1; return x; } }',
          'int g(char *); int f(int n); int f(int n) { char a[n]; return g(a); }',
          'int *f(char *p); int *f(char *p) { return (int *)p; }']

ANALYSED = ['#include <stdlib.h>\nint f(void) { int *p = malloc(4); if (!p) return 0; *p = 1; free(p); return *p; }',
            '#include <stdlib.h>\nint f(int n) { int *p = malloc(4), v; if (!p) return 0; *p = n; v = *p; if (n) return v; free(p); return v; }']

# cppcheck takes no address of an array within an uninitialized object for what it is, and reports its use; and it does not know
# that a number's bytes may be read one by one (MOTE_BYTE). On a 64-bit host the upper half of a length is a part that is not there.
CPPCHECK = ['cppcheck', '--addon=misra', '--std=c99', '--enable=warning,style,performance,portability', '--inline-suppr', '--quiet',
            '--suppress=uninitvar:hmac/hmac.c', '--suppress=ctuuninitvar', '--suppress=objectIndex:cbc/cbc.c', '--suppress=badBitmaskCheck:sha256/sha256_cortex_m.c',
            '-Iinclude', '-D__GNUC__=12', '-UMOTE_CONFIG_FILE', '-UMOTE_DECLASSIFY', '-U__cplusplus', '--template={file}:{line}: [{id}] {message}']
CHECKED = {'arrayIndexOutOfBounds': 'int f(void) { int a[4]; a[4] = 1; return a[0]; }',
           'misra-c2012-7.1': 'int f(void); int f(void) { return 017; }',
           'misra-c2012-15.1': 'void f(int x); void f(int x) { if (x != 0) { goto end; } x = 1; end: (void)x; }'}

TIDIED = {'bugprone-assignment-in-if-condition': 'int f(int x) { if ((x = 1)) return x; return 0; }',
          'bugprone-sizeof-expression': 'int f(int x) { return (int)sizeof(sizeof(x)); }',
          'cert-err34-c': '#include <stdlib.h>\nint f(const char *s) { return atoi(s); }'}


def run(command, cwd=TOP):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=cwd)
    return done.returncode, done.stdout


def each(work, tasks):
    """Run the tasks on all processors, and yield what they found."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for found in pool.map(lambda task: list(work(*task)), tasks):
            yield from found


def planted(directory, number, text):
    path = os.path.join(directory, 'planted%d.c' % number)
    with open(path, 'w', encoding='utf-8') as out:
        out.write(text + '\n')
    return path


def compiled(flags, source):
    status, text = run([*flags, '-Iinclude', '-O2', '-c', source, '-o', '/dev/null'])
    if status != 0 or text:
        yield '%s: %s\n%s' % (source, ' '.join(flags), text[:1500])


def warnings(directory):
    for compiler, _ in COMPILERS:
        for number, text in enumerate(WARNED):
            if not (compiler[0] == 'avr-gcc' and '(int *)' in text) and not list(compiled([*compiler, *WARNINGS], planted(directory, number, text))):
                yield 'control: %s does not see planted fault %d' % (compiler[0], number)
    tasks = [([*compiler, *WARNINGS, *options], source)
             for compiler, targets in COMPILERS for options in targets.values() for source in SOURCES]
    yield from each(compiled, tasks)
    print('warnings: %d compilations' % len(tasks))


def analyser(directory):
    flags = ['gcc', '-std=c99', '-fanalyzer', '-Werror']
    for number, text in enumerate(ANALYSED):
        if not list(compiled(flags, planted(directory, number, text))):
            yield 'control: the analyser does not see planted fault %d' % number
    tasks = [([*flags, *options], source) for options in TARGETS.values() for source in SOURCES]
    yield from each(compiled, tasks)
    print('analyser: %d compilations' % len(tasks))


def checked(directory, options, where):
    # In a copy of its own: the addon's files lie beside the sources, and some rules are about all of them.
    with tempfile.TemporaryDirectory(dir=directory) as copy:
        for name in [*ROOMS, 'include']:
            shutil.copytree(os.path.join(TOP, name), os.path.join(copy, name))
        status, text = run([*CPPCHECK, *options, *where], copy)
    if status != 0:
        yield '', 'cppcheck', text
    for line in text.splitlines():
        match = re.match(r'(.*?):\d+: \[([\w.-]+)\]', line)
        if match:
            yield match.group(1), match.group(2), line


def cppcheck(directory):
    for number, (identity, text) in enumerate(CHECKED.items()):
        found = list(checked(directory, [], [planted(directory, number, text)]))
        if identity not in [i for _, i, _ in found]:
            yield 'control: cppcheck does not see %s' % identity
    listed = {}
    with open(os.path.join(TOP, 'MISRA.md'), encoding='utf-8') as file:
        for rule, rooms in re.findall(r'^\| (\d+\.\d+) \| \w+ \| ([\w, ]+) \|', file.read(), re.MULTILINE):
            listed[rule] = {room for word in rooms.split(', ') for room in (ROOMS if word == 'all' else [word])}
    tasks = [(directory, [*options, *machine], ROOMS) for options, machine in (
        (['-DMOTE_TARGET_DESKTOP=1'], ['-D__x86_64__']), (TARGETS['small'], []), (TARGETS['cortex-m'], []), (TARGETS['avr'], []))]
    seen, count = {}, set()
    for path, identity, line in each(checked, tasks):
        if identity.startswith('misra-c2012-'):
            rule, room = identity[12:], path.split('/')[0]
            seen.setdefault(rule, set()).add(room)
            count.add(line)
            if room not in listed.get(rule, ()):
                yield 'MISRA.md does not list rule %s in %s/: %s' % (rule, room, line)
        else:
            yield line
    for rule, rooms in listed.items():
        unbroken = rooms - seen.get(rule, set())
        if rule.startswith(('5.', '8.')) and unbroken != rooms:  # which of two equal names it reports varies
            continue
        for room in sorted(unbroken):
            yield 'MISRA.md lists rule %s in %s/, where it is not broken' % (rule, room)
    print('cppcheck: %d configurations; %d rules of MISRA C:2012 deviated from, in %d places' % (len(tasks), len(seen), len(count)))
    if '--rooms' in sys.argv:  # for whoever edits MISRA.md
        for rule in sorted(seen, key=lambda r: [int(n) for n in r.split('.')]):
            print(rule, ', '.join(room for room in ROOMS + ['include'] if room in seen[rule]))


def tidied(options, sources):
    status, text = run(['clang-tidy-19', '--quiet', '--config-file=%s/.clang-tidy' % TOP, *sources, '--', '-std=c99', '-Iinclude', *options])
    if status != 0:
        yield '\n'.join(line for line in text.splitlines() if re.search(r'(error|warning): ', line)) or text


def tidy(directory):
    for number, (identity, text) in enumerate(TIDIED.items()):
        if identity not in ''.join(tidied([], [planted(directory, number, text)])):
            yield 'control: clang-tidy does not see %s' % identity
    tasks = [(options, [source]) for options in TARGETS.values() for source in SOURCES]
    yield from each(tidied, tasks)
    print('clang-tidy: %d files' % len(tasks))


def main():
    tools = {'warnings': warnings, 'analyser': analyser, 'cppcheck': cppcheck, 'tidy': tidy}
    missing = [tool for tool in [c[0] for c, _ in COMPILERS] + ['cppcheck', 'clang-tidy-19'] if not shutil.which(tool)]
    if missing:
        print('SKIP: not installed: ' + ' '.join(missing))
        return 77
    found = []
    with tempfile.TemporaryDirectory() as directory:
        for name in [a for a in sys.argv[1:] if not a.startswith('-')] or tools:
            found += sorted(set(tools[name](directory)))
    for finding in found:
        print('FAIL ' + finding)
    print('static analysis: %d findings' % len(found))
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
