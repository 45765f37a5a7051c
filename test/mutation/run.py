#!/usr/bin/env python3
"""Mutation testing of the portable rooms: does a suite fail for every single change of the code?

    run.py                      every mutant: the score, and each survivor that survivors.txt does not explain
    run.py --record             the same, and writes the figures to score.md
    run.py --sample 250         so many mutants, chosen by --seed, and every tenth known survivor: for CI
    run.py --file cbc/pkcs7.c   the mutants of these files
    run.py --verdicts FILE      keeps every verdict in FILE, and takes from there those that still hold (verdicts.py):
                                to go on where a run was stopped, or after a change

A mutant (mutants.py) is compiled as part of each build of the library that compiles its line (build.py), and killed if there
a suite fails, crashes or takes too long. If it survives that, test/wiping searches for remainders of secrets, at -O0 and -O2; and
if nothing is found, the suites run with AddressSanitizer and UBSan. Not counted are mutants that do not compile, and those
that change no object at -O0 or none at -O2, which no test can tell apart.
Exit status 0: the score is at least 97 % and every survivor is listed; no listed one is killed or gone."""
import argparse
import collections
import concurrent.futures
import filecmp
import glob
import hashlib
import os
import random
import re
import shutil
import sys
import tempfile
import threading
import time

import mutants
import verdicts as memory
from build import ALL_BACKENDS, CONFIGURATIONS, KINDS, MAIN, ROOMS, TOP, UNRELATED, Build, run

HERE = os.path.join(TOP, 'test', 'mutation')
SCORE = os.path.join(HERE, 'score.md')
LEAST_SCORE = 97.0

# Not portable C, or nothing but the choice between backends: the suites hold the portable code against these.
EXCLUDED = re.compile(r'aesni|ymm|vaes|vperm|armv8|neon|avx|ssse3|shani|thumb|vector|cpu\.[ch]|_avr(_glue)?\.[ch]|base64_desktop|'
                      r'_backend\.h|extern|sha256_cortex_m|aes/aes\.c')
WIPES = re.compile(r'without .*(wipe|burn|clear)', re.IGNORECASE)
TABLES = re.compile(r'aes_avr_tables\.c|sha256_k\.h')  # one change of each constant is enough

# What fails first where a room is wrong.
FIRST = {
    'ct': ['ct', 'base64_strict', 'pkcs7'], 'aes': ['aes', 'vectors', 'cbc'], 'sha256': ['sha256', 'vectors', 'hmac'],
    'base64': ['base64', 'base64_strict'], 'cbc': ['cbc', 'pkcs7', 'cbc_stream', 'cbc_stream_errors', 'cbc_hmac', 'cbc_hmac_rules'],
    'hmac': ['hmac', 'hkdf'], 'hkdf': ['hkdf', 'device_key'],
}
class Runner:
    def __init__(self, work):
        self.work = work
        self.builds = {(name, kind): Build(work, name, kind) for name in [*CONFIGURATIONS, ALL_BACKENDS] for kind in KINDS}
        self.local = threading.local()
        self.order = {}  # of each file, the configurations, and the suites: what killed the last mutant first

    def tree(self):
        """A copy of the library's sources for this thread."""
        if not hasattr(self.local, 'tree'):
            self.local.tree = tempfile.mkdtemp(dir=self.work)
            for room in ROOMS + ['include']:
                shutil.copytree(os.path.join(TOP, room), os.path.join(self.local.tree, room))
        return self.local.tree

    def compile(self, name, kind, mutant):
        """{source: object} of what the mutant changes in this build; None if it does not compile there."""
        made = self.local.compiled
        if (name, kind) not in made:
            build, changed = self.builds[name, kind].prepare(), {}
            for source in build.needs:
                if mutant.file in build.needs[source]:
                    out = os.path.join(self.local.tree, '%s-%s.o' % (os.path.basename(build.directory), os.path.basename(source)))
                    if run([*build.compile, '-c', source, '-o', out], cwd=self.local.tree).returncode != 0:
                        changed = None
                        break
                    if not filecmp.cmp(out, build.object_of(source), shallow=False):
                        changed[source] = out
            made[name, kind] = changed
        return made[name, kind]

    def judge(self, mutant):
        """'killed', 'survived', 'same' (no object changes) or 'invalid' (does not compile)."""
        tree = self.tree()
        path = os.path.join(tree, mutant.file)
        with open(os.path.join(TOP, mutant.file), encoding='utf-8') as file:
            source = file.read()
        with open(path, 'w', encoding='utf-8') as file:
            file.write(source[:mutant.start] + mutant.new + source[mutant.end:])
        try:
            self.local.compiled = {}
            return self.judge_in(mutant, tree)
        finally:
            with open(path, 'w', encoding='utf-8') as file:
                file.write(source)

    def fails(self, name, kind, mutant, tree, tested, soon=False):
        """Whether a suite fails, or one of those that are likely to. Objects that have gone through the suites in another
        configuration do not do so once more, but for the suite that only this one has."""
        build, changed = self.builds[name, kind], self.compile(name, kind, mutant)
        key = kind + ''.join(hash_of(changed[source]) for source in sorted(changed))
        first = self.order.get((mutant.file, 'suites'), FIRST[mutant.file.split('/')[0]])
        unrelated = UNRELATED[mutant.file.split('/')[0]]
        suites = [suite for suite in (build.own if key in tested else build.suites) if suite not in unrelated]
        failed = build.test(changed, tree, first, [suite for suite in suites if suite in first] if soon else suites)
        if not soon:
            tested.add(key)
        if failed:
            self.order[mutant.file, 'suites'] = [failed] + [suite for suite in first if suite != failed]
        return failed is not None

    def judge_in(self, mutant, tree):
        names, tested = self.order.get(mutant.file, list(CONFIGURATIONS)), set()
        for name in names:
            if not self.compile(name, 'plain', mutant):
                continue
            # What survives the first suites often makes no difference to an optimizing compiler: then the others can tell none.
            if (self.fails(name, 'plain', mutant, tree, tested, soon=True) or
                    (self.compile(name, 'optimized', mutant) and self.fails(name, 'plain', mutant, tree, tested))):
                self.order[mutant.file] = [name] + [other for other in names if other != name]
                return 'killed'
        if not any(self.compile(name, 'plain', mutant) is not None for name in names):
            return 'invalid'
        differs = [name for name in names if self.compile(name, 'plain', mutant) and self.compile(name, 'optimized', mutant)]
        for name in differs + [ALL_BACKENDS] * bool(differs and WIPES.match(mutant.change)):
            for kind in ('optimized', 'plain'):
                if self.compile(name, kind, mutant) and self.builds[name, kind].leaves_more(self.compile(name, kind, mutant), tree):
                    return 'killed'
        for name in differs if mutant.file.startswith('sha256/') else []:
            changed = self.compile(name, 'optimized', mutant)
            key = ''.join(hash_of(changed[source]) for source in sorted(changed))
            if key not in tested and self.builds[name, 'optimized'].at_length(changed, tree, self.builds[name, 'plain'].programs):
                return 'killed'
            tested.add(key)
        for name in [name for name in differs if name in MAIN] or differs:
            if self.compile(name, 'sanitized', mutant) and self.fails(name, 'sanitized', mutant, tree, tested):
                return 'killed'
        return 'survived' if differs else 'same'


def hash_of(path):
    with open(path, 'rb') as file:
        return hashlib.sha256(file.read()).hexdigest()


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


def key(mutant):
    return mutant.file, mutant.text, mutant.change


def all_mutants():
    for room in reversed(ROOMS):
        for name in sorted(glob.glob(room + '/*.[ch]', root_dir=TOP)):
            if not EXCLUDED.search(name):
                with open(os.path.join(TOP, name), encoding='utf-8') as file:
                    yield from mutants.mutants_of(name, file.read(), bool(TABLES.search(name)))


def recorded(count, problems):
    """What score.md says, which is a problem if it says so of quite another number of mutants."""
    if not os.path.exists(SCORE):
        return 'none'
    with open(SCORE, encoding='utf-8') as file:
        text = file.read()
    total, killed, equivalent, unseen, score = re.search(r'^\| all \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| ([\d.]+) %', text, re.MULTILINE).groups()
    others = map(int, re.search(r'^Not counted: (\d+) that change no object, (\d+)', text, re.MULTILINE).groups())
    if abs(int(total) + sum(others) - count) > count // 50:
        problems.append('score.md is of another number of mutants than %d: run.py --record' % count)
    return '%s mutants, %s killed, %s equivalent, %s not seen: %s %%' % (total, killed, equivalent, unseen, score)


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
    parser.add_argument('--record', action='store_true')
    parser.add_argument('--jobs', type=int, default=os.cpu_count())
    arguments = parser.parse_args()

    listed = read_survivors(os.path.join(HERE, 'survivors.txt'))
    everything = list(all_mutants())
    problems = ['listed, but there is no such mutant: ' + ' :: '.join(k) for k in listed.keys() - set(map(key, everything))]
    chosen = choose(arguments, everything, listed)
    Build.jobs = arguments.jobs
    began, verdicts = time.time(), memory.known(arguments.verdicts, chosen)
    with tempfile.TemporaryDirectory() as work:
        runner = Runner(work)
        with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
            waiting = {pool.submit(runner.judge, m): m for m in chosen if m not in verdicts}
            for number, done in enumerate(concurrent.futures.as_completed(waiting), 1):
                mutant = waiting[done]
                verdicts[mutant] = done.result()
                if arguments.verdicts:
                    with open(arguments.verdicts, 'a', encoding='utf-8') as out:
                        out.write(memory.line(mutant, verdicts[mutant]) + '\n')
                if number % 200 == 0:
                    print('%d of %d, %d s' % (number, len(waiting), time.time() - began), flush=True)
    survivors = [mutant for mutant, verdict in verdicts.items() if verdict == 'survived']
    for mutant in sorted(survivors):
        if key(mutant) not in listed:
            problems.append('survives: %s:%d: %s' % (mutant.file, mutant.line, ' :: '.join(key(mutant))))
    for mutant, verdict in verdicts.items():
        if key(mutant) in listed and verdict in ('killed', 'invalid'):
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
    if score < LEAST_SCORE and len(chosen) == len(everything):
        problems.append('the score is %.1f %%, less than %.0f %%' % (score, LEAST_SCORE))
    if len(chosen) < len(everything):
        print('last whole run: %s' % recorded(len(everything), problems))
    for problem in problems:
        print('FAIL ' + problem)
    print('mutation: %d mutants, %.1f %%, %d s' % (total['mutants'], score, time.time() - began))
    if arguments.record and not problems and len(chosen) == len(everything):
        with open(SCORE, 'w', encoding='utf-8') as out:
            out.write('# The last whole run of test/mutation/run.py\n\nWritten by `test/mutation/run.py --record`. Score: killed / '
                      '(mutants - equivalent). The survivors and why they survive:\n[survivors.txt](survivors.txt).\n\n')
            out.write('\n'.join(table) + '\n\nNot counted: %d that change no object, %d that do not compile.\n' % (
                total['unchanged'], total['invalid']))
    return 1 if problems else 0


if __name__ == '__main__':
    sys.exit(main())
