#!/usr/bin/env python3
"""Mutation testing of the portable rooms: does a suite fail for every single change of the code?

    run.py                      every mutant: the score, and each survivor that survivors.txt does not explain
    run.py --record             the same, and writes the figures to score.md
    run.py --sample 250         so many mutants, chosen by --seed, and every tenth known survivor: for CI
    run.py --file cbc/pkcs7.c   the mutants of these files
    run.py --verdicts FILE      keeps every verdict in FILE, and takes those from there whose source file has not changed since:
                                to go on where a run was stopped, or after a change of one file
    run.py --again              with --verdicts: those that survived are tried again

A mutant (mutants.py) is compiled as part of each build of the library that compiles its line (CONFIGURATIONS), first plainly
and, if it survives the suites so, with AddressSanitizer and UBSan in the main ones of them. It is killed if a suite fails, crashes or takes too long.
Not counted are mutants that do not compile and those that change no object at -O0 or -O2, which no test can tell apart.
Exit status 0: the score is at least 97 % and every survivor is listed; no listed one is killed or gone."""
import argparse
import collections
import concurrent.futures
import filecmp
import functools
import glob
import hashlib
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

import mutants

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), '..', '..'))
HERE = os.path.join(TOP, 'test', 'mutation')
ROOMS = ['ct', 'aes', 'sha256', 'base64', 'cbc', 'hmac', 'hkdf']
LEAST_SCORE = 97.0

# Not portable C, or nothing but the choice between backends: the suites hold the portable code against these.
EXCLUDED = re.compile(r'aesni|vaes|vperm|armv8|neon|avx|ssse3|shani|thumb|vector|cpu\.[ch]|_avr(_glue)?\.[ch]|base64_desktop|'
                      r'_backend\.h|extern|sha256_cortex_m|aes/aes\.c')
TABLES = re.compile(r'aes_avr_tables\.c|sha256_k\.h')  # one change of each constant is enough
# How the library is built; for a block cipher that can fail there is a suite more.
CONFIGURATIONS = {
    'desktop': ['-DMOTE_PORTABLE_ONLY=1'],
    'desktop, failing cipher': ['-DMOTE_PORTABLE_ONLY=1', '-DMOTE_AES_CAN_FAIL=1'],
    'cortex-m': ['-DMOTE_TARGET_CORTEX_M=1'],
    'avr': ['-DMOTE_TARGET_AVR=1'],
    'desktop, small': ['-DMOTE_PORTABLE_ONLY=1', '-DMOTE_OPTIMIZE_SIZE=1'],
    'cortex-m, small': ['-DMOTE_TARGET_CORTEX_M=1', '-DMOTE_OPTIMIZE_SIZE=1'],
    'desktop, no assembly': ['-DMOTE_PORTABLE_ONLY=1', '-DMOTE_NO_ASM=1'],
}
MAIN = ['desktop', 'desktop, failing cipher', 'cortex-m', 'avr']  # sanitized where the mutant is in one of these; else as they come
SANITIZE = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all']
# What fails first where a room is wrong.
FIRST = {
    'ct': ['ct', 'base64_strict', 'pkcs7'], 'aes': ['aes', 'vectors', 'cbc'], 'sha256': ['sha256', 'vectors', 'hmac'],
    'base64': ['base64', 'base64_strict'], 'cbc': ['cbc', 'pkcs7', 'cbc_stream', 'cbc_stream_errors', 'cbc_hmac', 'cbc_hmac_rules'],
    'hmac': ['hmac', 'hkdf'], 'hkdf': ['hkdf', 'device_key'],
}


def suite_names():
    with open(os.path.join(TOP, 'test', 'meson.build'), encoding='utf-8') as file:
        return re.findall(r"'(\w+)'", re.search(r'suites = \[(.*?)\]', file.read(), re.DOTALL).group(1))


def run(command, **more):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more)


def must(command, **more):
    done = run(command, **more)
    if done.returncode != 0:
        raise RuntimeError('%s\n%s' % (' '.join(command), done.stdout[-3000:]))


def at_once(commands):
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda command: must(command, cwd=TOP), commands))


class Build:
    """One configuration of the unchanged library, plain or sanitized, and the suites linked against it."""
    shared, shared_lock = {}, threading.Lock()

    def __init__(self, work, configuration, sanitized):
        self.name = configuration
        self.flags = CONFIGURATIONS[configuration]
        self.directory = os.path.join(work, re.sub(r'\W', '', configuration) + ('-sanitized' if sanitized else ''))
        self.compile = ['gcc', '-std=c99', '-w', '-fPIC', *(['-O1', *SANITIZE] if sanitized else ['-O0']), *self.flags, '-Iinclude']
        self.sanitized = sanitized
        self.effort = '10' if sanitized else '3'
        self.lock = threading.Lock()
        self.ready = False

    def object_of(self, source):
        return os.path.join(self.directory, os.path.basename(source)[:-2] + '.o')

    def prepare(self):
        with self.lock:
            if self.ready:
                return self
            os.makedirs(self.directory, exist_ok=True)
            self.sources = sorted(f for room in ROOMS for f in glob.glob(room + '/*.c', root_dir=TOP))
            at_once([[*self.compile, '-c', source, '-o', self.object_of(source)] for source in self.sources])
            self.needs = {}  # of each source, the files that it includes
            for source in self.sources:
                made = run(['gcc', '-std=c99', *self.flags, '-Iinclude', '-MM', source], cwd=TOP).stdout
                self.needs[source] = {os.path.normpath(word) for word in made.replace('\\\n', ' ').split()[1:]}
            self.link({}, self.directory)
            self.suites = suite_names() + (['hardware'] if 'failing' in self.name else [])
            self.programs = self.make_programs()
            failed = self.test(self.directory, [])
            if failed:
                raise RuntimeError('%s: the suite %s fails without any mutant' % (self.directory, failed))
            self.ready = True
            return self

    def make_programs(self):
        """The directory of the suites. They see the public headers alone, so builds for which these are the same share them."""
        headers = run(['gcc', '-std=c99', *self.flags, '-Iinclude', '-E', '-P', 'include/mote/mote.h'], cwd=TOP).stdout
        with Build.shared_lock:
            directory = Build.shared.setdefault((headers, self.sanitized), self.directory)
            if directory == self.directory:
                vectors = '-DTEST_VECTORS_DIR="%s/test/vectors"' % TOP
                support = {name: os.path.join(directory, 'test_%s.o' % name)
                           for name in ('guard', 'oracle', 'support', 'vectors', 'limits_host')}
                at_once([[*self.compile, vectors, '-c', 'test/%s.c' % name, '-o', out] for name, out in support.items()])
                at_once([[*self.compile, '-O0', '-fno-pie', '-no-pie', vectors, 'test/test_%s.c' % name, *support.values(),
                          '-L' + directory, '-lmote', '-lcheck', '-lcrypto', '-lsubunit', '-lm', '-lrt', '-lpthread', '-o',
                          os.path.join(directory, name)] for name in [*suite_names(), 'hardware']])
            return directory

    def link(self, changed, directory):
        """The library, with the objects that changed gives for some sources."""
        objects = [changed.get(source, self.object_of(source)) for source in self.sources]
        linker = ['gcc', *SANITIZE] if self.sanitized else ['ld']
        must([*linker, '-shared', *objects, '-o', os.path.join(directory, 'libmote.so')])

    def test(self, directory, first):
        """The name of the first suite that fails with the library in directory, or None."""
        order = [s for s in first if s in self.suites] + [s for s in self.suites if s not in first]
        script = 'ulimit -c 0; ulimit -t %d; for s in %s; do "$0/$s" >/dev/null 2>&1 || { echo $s; exit 1; }; done' % (
            20 if self.sanitized else 1, ' '.join(order))
        environment = dict(os.environ, LD_LIBRARY_PATH=directory, MOTE_TEST_EFFORT=self.effort, CK_DEFAULT_TIMEOUT='0',
                           ASAN_OPTIONS='detect_leaks=0:detect_stack_use_after_return=1')
        try:
            done = subprocess.run(['sh', '-c', script, self.programs], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                  env=environment, timeout=300)
        except subprocess.TimeoutExpired:
            return 'time'
        return None if done.returncode == 0 else (done.stdout.strip() or 'crash')


class Runner:
    def __init__(self, work):
        self.work = work
        self.builds = {(name, sanitized): Build(work, name, sanitized) for name in CONFIGURATIONS for sanitized in (False, True)}
        self.local = threading.local()
        self.count = 0

    def tree(self):
        """A copy of the library's sources for this thread."""
        if not hasattr(self.local, 'tree'):
            self.local.tree = tempfile.mkdtemp(dir=self.work)
            for room in ROOMS + ['include']:
                shutil.copytree(os.path.join(TOP, room), os.path.join(self.local.tree, room))
        return self.local.tree

    def compile(self, build, mutant, tree, options=()):
        """{source: object} of what the mutant changes; None if it does not compile."""
        changed = {}
        for source in build.sources:
            if mutant.file not in build.needs[source]:
                continue
            out = os.path.join(tree, os.path.basename(source)[:-2] + '.o')
            if run([*build.compile, *options, '-c', source, '-o', out], cwd=tree).returncode != 0:
                return None
            if options:
                unchanged = out + '.unchanged'
                must([*build.compile, *options, '-c', source, '-o', unchanged], cwd=TOP)
            else:
                unchanged = build.object_of(source)
            if not filecmp.cmp(out, unchanged, shallow=False):
                changed[source] = out
        return changed

    def judge(self, mutant):
        """'killed', 'survived', 'same' (no object changes) or 'invalid' (does not compile)."""
        tree = self.tree()
        path = os.path.join(tree, mutant.file)
        with open(os.path.join(TOP, mutant.file), encoding='utf-8') as file:
            source = file.read()
        with open(path, 'w', encoding='utf-8') as file:
            file.write(source[:mutant.start] + mutant.new + source[mutant.end:])
        try:
            return self.judge_in(mutant, tree)
        finally:
            with open(path, 'w', encoding='utf-8') as file:
                file.write(source)

    def judge_in(self, mutant, tree):
        first = FIRST[mutant.file.split('/')[0]]
        differs, compiles = [], False
        for name in CONFIGURATIONS:
            build = self.builds[name, False].prepare()
            changed = self.compile(build, mutant, tree)
            if changed is None:
                continue
            compiles = True
            if not changed:
                continue
            build.link(changed, tree)
            if build.test(tree, first):
                return 'killed'
            differs.append(name)
        if not compiles:
            return 'invalid'
        differs = [name for name in differs if self.compile(self.builds[name, False], mutant, tree, ['-O2'])]
        for name in [name for name in differs if name in MAIN] or differs:
            build = self.builds[name, True].prepare()
            build.link(self.compile(build, mutant, tree), tree)
            if build.test(tree, first):
                return 'killed'
        return 'survived' if differs else 'same'


def read_survivors(path):
    """{(file, text, change): reason}. A line with "::" is a mutant, one that begins with "=" or "!" the reason of those below:
    "=" means equivalent, "!" a difference that these suites cannot see, which counts against the score."""
    listed, reason = {}, None
    with open(path, encoding='utf-8') as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip('\n')
            if line.startswith('#'):
                continue
            if line[:2] in ('= ', '! '):
                reason = line
            elif ' :: ' in line:
                where, text, change = line.split(' :: ')
                if reason is None or (where, text, change) in listed:
                    raise RuntimeError('%s:%d: no reason, or listed twice' % (path, number))
                listed[where, text, change] = reason
            elif line and not line.startswith('  '):
                raise RuntimeError('%s:%d: not understood' % (path, number))
    return listed


@functools.lru_cache(None)
def text_of(name):
    """What tells one state of a source file from another."""
    with open(os.path.join(TOP, name), 'rb') as file:
        return hashlib.sha256(file.read()).hexdigest()[:16]


def read_verdicts(path, again):
    known = {}
    if path and os.path.exists(path):
        with open(path, encoding='utf-8') as file:
            for line in file:
                name, verdict = line.rstrip('\n').rsplit(' :: ', 1)
                known[name] = verdict
    return {name: verdict for name, verdict in known.items() if not (again and verdict == 'survived')}


def key(mutant):
    return mutant.file, mutant.text, mutant.change


def all_mutants():
    for room in reversed(ROOMS):
        for name in sorted(glob.glob(room + '/*.[ch]', root_dir=TOP)):
            if not EXCLUDED.search(name):
                with open(os.path.join(TOP, name), encoding='utf-8') as file:
                    yield from mutants.mutants_of(name, file.read(), bool(TABLES.search(name)))


def choose(arguments, everything, listed):
    if arguments.file:
        return [m for m in everything if m.file in arguments.file]
    if arguments.sample:
        chosen = set(random.Random(arguments.seed).sample(everything, arguments.sample))
        known = [m for m in everything if key(m) in listed]
        return [m for m in everything if m in chosen or m in known[::10]]
    return everything


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--sample', type=int, default=0)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--file', action='append')
    parser.add_argument('--verdicts')
    parser.add_argument('--again', action='store_true')
    parser.add_argument('--record', action='store_true')
    parser.add_argument('--jobs', type=int, default=os.cpu_count())
    arguments = parser.parse_args()

    listed = read_survivors(os.path.join(HERE, 'survivors.txt'))
    everything = list(all_mutants())
    problems = ['listed, but there is no such mutant: ' + ' :: '.join(k) for k in listed.keys() - set(map(key, everything))]
    chosen = choose(arguments, everything, listed)
    began, verdicts = time.time(), {}
    known = read_verdicts(arguments.verdicts, arguments.again)
    for mutant in chosen:
        if ' :: '.join([text_of(mutant.file), *key(mutant)]) in known:
            verdicts[mutant] = known[' :: '.join([text_of(mutant.file), *key(mutant)])]
    with tempfile.TemporaryDirectory() as work:
        runner = Runner(work)
        with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
            waiting = {pool.submit(runner.judge, m): m for m in chosen if m not in verdicts}
            for number, done in enumerate(concurrent.futures.as_completed(waiting), 1):
                mutant = waiting[done]
                verdicts[mutant] = done.result()
                if arguments.verdicts:
                    with open(arguments.verdicts, 'a', encoding='utf-8') as out:
                        out.write(' :: '.join([text_of(mutant.file), *key(mutant), verdicts[mutant]]) + '\n')
                if number % 200 == 0:
                    print('%d of %d, %d s' % (number, len(waiting), time.time() - began), flush=True)
    survivors = [mutant for mutant, verdict in verdicts.items() if verdict == 'survived']
    for mutant in sorted(survivors):
        if key(mutant) not in listed:
            problems.append('survives: %s:%d: %s' % (mutant.file, mutant.line, ' :: '.join(key(mutant))))
    for mutant, verdict in verdicts.items():
        if key(mutant) in listed and verdict != 'survived':
            problems.append('listed as survivor, but %s: %s' % (verdict, ' :: '.join(key(mutant))))
    if arguments.sample and not survivors:
        problems.append('not one known survivor survived: the runner kills everything')

    rows, total = [], collections.Counter()
    for room in ROOMS:
        mine = [(m, v) for m, v in verdicts.items() if m.file.startswith(room + '/')]
        equal = sum(v == 'survived' and listed.get(key(m), '!').startswith('=') for m, v in mine)
        count = collections.Counter(v for _, v in mine)
        row = {'mutants': count['killed'] + count['survived'], 'killed': count['killed'], 'equivalent': equal,
               'not seen': count['survived'] - equal, 'unchanged': count['same'], 'invalid': count['invalid']}
        total.update(row)
        rows.append((room, row))
    rows.append(('all', total))
    table = ['| room | mutants | killed | equivalent | not seen | score |', '|---|---:|---:|---:|---:|---:|']
    for room, row in rows:
        if row['mutants'] > row['equivalent']:
            table.append('| %s | %d | %d | %d | %d | %.1f %% |' % (
                room, row['mutants'], row['killed'], row['equivalent'], row['not seen'],
                100.0 * row['killed'] / (row['mutants'] - row['equivalent'])))
    score = 100.0 * total['killed'] / max(1, total['mutants'] - total['equivalent'])
    print('\n'.join(table))
    print('not counted: %d that change no object, %d that do not compile' % (total['unchanged'], total['invalid']))
    if score < LEAST_SCORE:
        problems.append('the score is %.1f %%, less than %.0f %%' % (score, LEAST_SCORE))
    for problem in problems:
        print('FAIL ' + problem)
    print('mutation: %d mutants, %.1f %%, %d s' % (total['mutants'], score, time.time() - began))
    if arguments.record and not problems and len(chosen) == len(everything):
        with open(os.path.join(HERE, 'score.md'), 'w', encoding='utf-8') as out:
            out.write('# The last whole run of test/mutation/run.py\n\nWritten by `test/mutation/run.py --record`. Score: killed / '
                      '(mutants - equivalent). The survivors and why they survive:\n[survivors.txt](survivors.txt).\n\n')
            out.write('\n'.join(table) + '\n\nNot counted: %d that change no object, %d that do not compile.\n' % (
                total['unchanged'], total['invalid']))
    return 1 if problems else 0


if __name__ == '__main__':
    sys.exit(main())
