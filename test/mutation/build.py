"""The builds of the library that mutants are made part of: the configurations, the unchanged objects of each, the suites."""
import concurrent.futures
import glob
import os
import re
import subprocess
import threading

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), '..', '..'))
ROOMS = ['ct', 'aes', 'sha256', 'base64', 'cbc', 'hmac', 'hkdf']
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
ALL_BACKENDS = 'all backends'  # where vector registers are used, for what clears them
MAIN = ['desktop', 'desktop, failing cipher', 'cortex-m', 'avr']  # sanitized where the mutant is in one of these; else as they come
SANITIZE = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all']
KINDS = {'plain': ['-O0'], 'optimized': ['-O2'], 'sanitized': ['-O1', *SANITIZE]}

# What calls nothing of a room, nor what rests on it.
CIPHER = ['aes', 'cbc', 'cbc_vectors', 'pkcs7', 'cbc_stream', 'cbc_stream_errors']
HASH = ['sha256', 'hmac', 'hkdf', 'device_key']
TEXT = ['base64', 'base64_strict']
UNRELATED = {
    'ct': [], 'aes': ['ct', *HASH, *TEXT], 'cbc': ['ct', 'aes', *HASH, *TEXT], 'sha256': ['ct', *CIPHER, *TEXT],
    'hmac': ['ct', 'sha256', *CIPHER, *TEXT], 'hkdf': ['ct', 'sha256', 'hmac', 'cbc_hmac', 'cbc_hmac_rules', *CIPHER, *TEXT],
    'base64': ['ct', 'cbc_hmac', 'cbc_hmac_rules', *CIPHER, *HASH],
}


def suite_names():
    with open(os.path.join(TOP, 'test', 'meson.build'), encoding='utf-8') as file:
        return re.findall(r"'(\w+)'", re.search(r'suites = \[(.*?)\]', file.read(), re.DOTALL).group(1))


def run(command, **more):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors='replace', **more)


def must(command, **more):
    done = run(command, **more)
    if done.returncode != 0:
        raise RuntimeError('%s\n%s' % (' '.join(command), done.stdout[-3000:]))


def shell(script, arguments, environment):
    """What the script prints, or None if it fails; "time" if it takes too long."""
    try:
        done = subprocess.run(['sh', '-c', script, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                              errors='replace', env=environment, timeout=300)
    except subprocess.TimeoutExpired:
        return 1, 'time'
    return done.returncode, done.stdout


class Build:
    """One configuration of the unchanged library and, where it is plain or sanitized, the suites linked against it."""
    shared, shared_lock, jobs = {}, threading.Lock(), 1

    def __init__(self, work, configuration, kind):
        self.name, self.kind = configuration, kind
        self.flags = CONFIGURATIONS.get(configuration, [])
        self.directory = os.path.join(work, re.sub(r'\W', '', configuration) + '-' + kind)
        self.compile = ['gcc', '-std=c99', '-w', '-fPIC', *KINDS[kind], *self.flags, '-Iinclude']
        self.lock = threading.Lock()
        self.ready = self.residue_ready = False

    def object_of(self, source):
        return os.path.join(self.directory, os.path.basename(source)[:-2] + '.o')

    def at_once(self, commands):
        with concurrent.futures.ThreadPoolExecutor(self.jobs) as pool:
            list(pool.map(lambda command: must(command, cwd=TOP), commands))

    def prepare(self):
        with self.lock:
            if self.ready:
                return self
            os.makedirs(self.directory, exist_ok=True)
            self.sources = sorted(f for room in ROOMS for f in glob.glob(room + '/*.c', root_dir=TOP))
            self.at_once([[*self.compile, '-c', source, '-o', self.object_of(source)] for source in self.sources])
            self.needs = {}  # of each source that is not for another target, the files that it includes
            for source in self.sources:
                if not run(['nm', self.object_of(source)]).stdout.strip():
                    continue
                made = run(['gcc', '-std=c99', *self.flags, '-Iinclude', '-MM', source], cwd=TOP).stdout
                self.needs[source] = {os.path.normpath(word) for word in made.replace('\\\n', ' ').split()[1:]}
            if self.kind != 'optimized':
                self.own = ['hardware'] if 'failing' in self.name else []
                self.suites = suite_names() + self.own
                self.programs = self.make_programs()
                failed = self.test({}, self.directory, [])
                if failed:
                    raise RuntimeError('%s: the suite %s fails without any mutant' % (self.directory, failed))
            self.ready = True
            return self

    def make_programs(self):
        """The directory of the suites. They see the public headers alone, so builds for which these are the same share them."""
        headers = run(['gcc', '-std=c99', *self.flags, '-Iinclude', '-E', '-P', 'include/mote/mote.h'], cwd=TOP).stdout
        with Build.shared_lock:
            directory = Build.shared.setdefault((headers, self.kind), self.directory)
            if directory == self.directory:
                self.link({}, directory)
                vectors = '-DTEST_VECTORS_DIR="%s/test/vectors"' % TOP
                support = {name: os.path.join(directory, 'test_%s.o' % name)
                           for name in ('guard', 'oracle', 'support', 'vectors', 'limits_host')}
                self.at_once([[*self.compile, vectors, '-c', 'test/%s.c' % name, '-o', out] for name, out in support.items()])
                self.at_once([[*self.compile, '-O0', '-fno-pie', '-no-pie', vectors, 'test/test_%s.c' % name, *support.values(),
                               '-L' + directory, '-lmote', '-lcheck', '-lcrypto', '-lsubunit', '-lm', '-lrt', '-lpthread', '-o',
                               os.path.join(directory, name)] for name in [*suite_names(), 'hardware']])
            return directory

    def objects(self, changed):
        """The library's objects, with those that changed gives for some sources."""
        return [changed.get(source, self.object_of(source)) for source in self.sources]

    def link(self, changed, directory):
        linker = ['gcc', *SANITIZE] if self.kind == 'sanitized' else ['ld']
        must([*linker, '-shared', *self.objects(changed), '-o', os.path.join(directory, 'libmote.so')])

    def test(self, changed, directory, first, suites=None):
        """The name of the first of these suites, or of all, that fails with the changed library, which is put into directory; or None."""
        suites = self.suites if suites is None else suites
        self.link(changed, directory)
        order = [s for s in first if s in suites] + [s for s in suites if s not in first]
        sanitized = self.kind == 'sanitized'
        script = 'ulimit -c 0; ulimit -t %d; for s in %s; do "$0/$s" >/dev/null 2>&1 || { echo $s; exit 1; }; done' % (
            20 if sanitized else 1, ' '.join(order))
        status, text = shell(script, [self.programs], dict(
            os.environ, LD_LIBRARY_PATH=directory, MOTE_TEST_EFFORT='10' if sanitized else '3', CK_DEFAULT_TIMEOUT='0',
            ASAN_OPTIONS='detect_leaks=0:detect_stack_use_after_return=1'))
        return None if status == 0 else (text.strip() or 'crash')

    def at_length(self, changed, directory, programs):
        """Whether what takes seconds fails, a message of half a gigabyte among it, which only an optimized library can go through."""
        self.link(changed, directory)
        status, _ = shell('ulimit -c 0; ulimit -t 60; "$0/monte" >/dev/null 2>&1', [programs], dict(
            os.environ, LD_LIBRARY_PATH=directory, MOTE_TEST_EFFORT='100', CK_DEFAULT_TIMEOUT='0'))
        return status != 0

    def remainders(self, changed, directory):
        """What test/wiping finds of secrets where no caller may look, or finds wrong: lines without the place."""
        program = os.path.join(directory, 'wiping')
        must(['gcc', *self.objects(changed), *self.residue_objects, '-Wl,-z,now', '-o', program])
        status, text = shell('ulimit -c 0; ulimit -t 5; "$0" 2>/dev/null || true; echo ended', [program], dict(os.environ))
        lines = {re.sub(r', \d+ bytes below its top| \d+$', '', line) for line in text.splitlines()}
        return {line for line in lines if not line.startswith('wiping: ')}

    def leaves_more(self, changed, directory):
        """Whether the changed library leaves a secret on the stack, or in a vector register, where the unchanged one leaves none. C
        for processors without vector registers does not clear them, and without assembly, or with a compiler for another
        processor, more may be left: there nothing can be told."""
        with self.lock:
            if not self.residue_ready:
                self.residue_objects = []
                for name in sorted(glob.glob(os.path.join(TOP, 'test', 'wiping', '*.c'))):
                    out = os.path.join(self.directory, 'wiping_%s.o' % os.path.basename(name)[:-2])
                    must([*self.compile, '-std=gnu99', '-c', name, '-o', out], cwd=TOP)
                    self.residue_objects.append(out)
                self.usual = self.remainders({}, self.directory)
                self.residue_ready = True
        untold = [place for place in ('on the stack', 'in vector register') if any(place in line for line in self.usual)]
        return len(untold) < 2 and any(not any(place in line for place in untold)
                                       for line in self.remainders(changed, directory) - self.usual)
