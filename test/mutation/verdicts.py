"""Verdicts that are kept from one run to the next, and what they are good for.

A line of the file: what the verdict depends on, the mutant, the verdict. A verdict holds as long as the mutant's line is there and, in each
build, each object is the same that its file is part of; that a mutant survives, as long as the tests that reach its room are too. What a
change elsewhere in the library or a weaker test does to a mutant that was killed is not seen: that takes a run without the file."""
import concurrent.futures
import functools
import glob
import hashlib
import os
import re
import tempfile

from build import Build, CONFIGURATIONS, KINDS, ROOMS, TOP, UNRELATED, must

INCLUDE = re.compile(r'^\s*#\s*include\s+["<]([^">]+)[">]', re.MULTILINE)


def read(name):
    with open(os.path.join(TOP, name), encoding='utf-8') as file:
        return file.read()


@functools.lru_cache(None)
def includes(name):
    """The file and all that it includes, under whatever condition."""
    found, new = {name}, [name]
    while new:
        at = new.pop()
        for text in INCLUDE.findall(read(at)):
            for path in (os.path.normpath(os.path.join(os.path.dirname(at), text)), os.path.join('include', text)):
                if path not in found and os.path.exists(os.path.join(TOP, path)):
                    found.add(path)
                    new.append(path)
    return frozenset(found)


def hash_of(names, more=''):
    text = more + ''.join('%s\n%s\n' % (name, read(name)) for name in sorted(names))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@functools.lru_cache(None)
def objects():
    """{source: what its objects are in all builds}"""
    units = [f for room in ROOMS for f in glob.glob(room + '/*.c', root_dir=TOP)]

    def compile(unit):
        digest = hashlib.sha256()
        for flags in CONFIGURATIONS.values():
            for kind in ('plain', 'optimized'):
                out = os.path.join(work, unit.replace('/', '_') + '.o')
                must(['gcc', '-std=c99', '-w', '-fPIC', *KINDS[kind], *flags, '-Iinclude', '-c', unit, '-o', out], cwd=TOP)
                with open(out, 'rb') as file:
                    digest.update(file.read())
        return digest.hexdigest()

    with tempfile.TemporaryDirectory() as work, concurrent.futures.ThreadPoolExecutor(Build.jobs) as pool:
        return dict(zip(units, pool.map(compile, units)))


@functools.lru_cache(None)
def library_state(name):
    """Of the objects that this file is part of."""
    together = ''.join(unit + made for unit, made in sorted(objects().items()) if name in includes(unit))
    return hash_of((), together + repr((CONFIGURATIONS, KINDS)))


@functools.lru_cache(None)
def tests_state(room):
    names = {f for kind in ('*.c', '*.h', 'meson.build', 'wiping/*.[ch]', 'vectors/*') for f in glob.glob('test/' + kind, root_dir=TOP)}
    return hash_of(names - {'test/test_%s.c' % suite for suite in UNRELATED[room]})


def state(mutant, verdict):
    return library_state(mutant.file) + ('-' + tests_state(mutant.file.split('/')[0]) if verdict == 'survived' else '')


def line(mutant, verdict):
    return ' :: '.join([state(mutant, verdict), mutant.file, mutant.text, mutant.change, verdict])


def known(path, mutants):
    """{mutant: verdict} of those in the file at path that still hold."""
    if not path or not os.path.exists(path):
        return {}
    with open(path, encoding='utf-8') as file:
        lines = set(file.read().splitlines())
    return {m: verdict for m in mutants for verdict in ('killed', 'survived', 'same', 'invalid') if line(m, verdict) in lines}
