#!/usr/bin/env python3
"""Check what the library's objects may contain, on the objects themselves.

    check_objects.py --cc CC [--root DIR] [--prefix TRIPLET-] [--division] [LIBMOTE.a]

Two things are looked at: LIBMOTE.a as it was built, and the same sources compiled here with CC at -O2. The rules:

    names       every global symbol starts with mote_, every public macro with MOTE_; source names are unique
    undefined   nothing from outside but memcpy, memmove, memset (getauxval too on Arm Linux): so no allocation,
                no stdio, no errno, no division or floating point helper of the compiler's runtime
    data        nothing writable but what WRITABLE lists: no .data, no .bss
    recursion   no cycle in the call graph; a call through a pointer may reach what the library has in tables, and no
                pointer to a function comes from outside, so the graph is complete
    division    no division instruction (at -O2 what divides by a constant multiplies), no floating point
    stack       no variable-length array, no alloca

Before that, each rule is shown to work: a few lines of C that break it are compiled and must be caught."""

import argparse
import os
import re
import subprocess
import sys
import tempfile

ROOMS = ("ct", "aes", "sha256", "base64", "cbc", "hmac", "hkdf")
EXTERNAL = {"memcpy", "memmove", "memset"}
EXTERNAL_ARM_LINUX = {"getauxval", "_GLOBAL_OFFSET_TABLE_"}  # the latter is the linker's own
# What the flags of a build add on their own, not the library; never accepted in what is compiled here.
EXTERNAL_HARDENING = {"__stack_chk_fail", "__stack_chk_guard", "__memcpy_chk", "__memmove_chk", "__memset_chk",
                      "_GLOBAL_OFFSET_TABLE_"}
# Writable objects that may exist, of at most four bytes: where several backends are compiled in, the processor's features
# (ct/cpu.c) and each room's choice, which every thread that finds them unread reads and stores alike.
WRITABLE = {"known", "chosen"}

DIVISION = re.compile(r"^(i?div[bwlq]?|[us]div|divu?w?|remu?w?)$")
FLOAT = re.compile(r"^(v?(add|sub|mul|div|sqrt|u?comi|min|max)[sp][sd]|v?cvt\w*[sp][sd]\w*|"
                   r"f(ld|ild|st|stp|ist|istp|add|addp|mul|mulp|sub|subp|div|divp|cvt\w*)[sdlt]?|"
                   r"[us]cvtf|v(add|sub|mul|div)\.f(32|64))$")
CALL = re.compile(r"^(call[lq]?|bl|blx|blr|rcall|icall|eicall|jalr?)$")
JUMP = re.compile(r"^(jmp[lq]?|br|bx|ijmp|eijmp|jr)$")


class Tools:
    """The binary utilities of one target, and one compiler."""

    def __init__(self, prefix, cc, work, allow="$^"):
        self.prefix, self.cc, self.work, self.allow = prefix, cc, work, allow
        self.gcc = "Free Software Foundation" in output([*cc, "--version"])
        self.remarks = []

    def run(self, tool, *args):
        return output([self.prefix + tool, *args])

    def compile(self, sources, flags, name):
        """Compile each source to an object of its own under work/name; return the objects. What -Wvla says is kept in
        remarks; gcc also writes OBJECT.su, with the stack that each function takes."""
        folder = os.path.join(self.work, name)
        os.makedirs(folder)
        objects = []
        for i, source in enumerate(sources):
            objects.append(os.path.join(folder, "%d_%s.o" % (i, os.path.basename(source))))
            stack = ["-fstack-usage"] if self.gcc else []
            output([*self.cc, "-std=c99", "-fno-stack-protector", "-U_FORTIFY_SOURCE", "-Wvla", *stack, *flags, "-c",
                    source, "-o", objects[-1]], self.remarks)
        return objects


def output(command, remarks=None):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)
    if done.returncode != 0:
        raise RuntimeError("%s\n%s%s" % (" ".join(command), done.stdout, done.stderr))
    if remarks is not None:
        remarks += done.stderr.splitlines()
    return done.stdout


def symbols(tools, objects):
    """(name, type letter of nm) of every symbol of every object."""
    for line in tools.run("nm", "-P", *objects).splitlines():
        fields = line.split()
        if len(fields) >= 2 and len(fields[1]) == 1:
            yield fields[0], fields[1]


def check_names(tools, objects):
    for name, kind in symbols(tools, objects):
        if kind.isupper() and kind not in "UN" and not name.startswith("mote_"):
            yield "names: global symbol %s does not start with mote_" % name


def check_undefined(tools, objects, hardening):
    everything = list(symbols(tools, objects))
    defined = {name for name, kind in everything if kind not in "Uwv"}
    machine = output([*tools.cc, "-dumpmachine"]).strip()
    allowed = set(EXTERNAL)
    if "linux" in machine and machine.startswith(("arm", "aarch64")):
        allowed |= EXTERNAL_ARM_LINUX
    if hardening:
        allowed |= EXTERNAL_HARDENING
    for name in sorted({name for name, kind in everything if kind in "Uwv"} - defined - allowed):
        if not re.fullmatch(tools.allow, name):
            yield "undefined: %s comes from outside" % name


def writable(section):
    return section == "*COM*" or re.match(r"\.(data|bss|tdata|tbss|sdata|sbss)\b", section) and ".rel.ro" not in section


def check_data(tools, objects):
    allowed = 0
    for line in tools.run("objdump", "-t", *objects).splitlines():
        fields = line.split()
        if len(fields) < 5 or not writable(fields[-3]) or fields[-1] == fields[-3]:
            continue
        # A variable of a function is NAME.NUMBER to gcc and FUNCTION.NAME to clang.
        name, size = re.sub(r"\.\d+$", "", fields[-1]).split(".")[-1], int(fields[-2], 16)
        if name in WRITABLE and size <= 4:
            allowed += size
        elif size != 0:
            yield "data: %s is writable" % fields[-1]
    # A string or an array without a symbol has none to list: the sections may hold the objects above and no more.
    total = 0
    for line in tools.run("size", "-A", *objects).splitlines():
        fields = line.split()
        if len(fields) == 3 and fields[1].isdigit() and writable(fields[0]):
            total += int(fields[1])
    if total > allowed:
        yield "data: %d bytes are writable, %d may be" % (total, allowed)


def disassemble(tools, objects):
    """Link everything, so that every call shows its target, and return {function: [(mnemonic, operands)]} and
    the words of its data.

    What comes from outside is at address 0 then, where on some targets the code begins: keep that place empty."""
    image, origin = os.path.join(tools.work, "image"), os.path.join(tools.work, "origin.c")
    with open(origin, "w", encoding="utf-8") as out:
        out.write("__attribute__((section(\".vectors\"), used)) void mote_origin(void) {}\n")
    output([*tools.cc, "-static", "-nostdlib", "-o", image, "-Wl,-e,0,--unresolved-symbols=ignore-all,--no-gc-sections",
            origin, "-Wl,--whole-archive", *objects])
    code, function = {}, None
    for line in tools.run("objdump", "-d", "--no-show-raw-insn", image).splitlines():
        head = re.match(r"^([0-9a-f]+) <(.+)>:$", line)
        if head:
            function = (int(head.group(1), 16), head.group(2))
            code[function] = []
            continue
        insn = re.match(r"^ *[0-9a-f]+:\t(?:(?:notrack|bnd|addr32|data16|rep[a-z]*|lock|cs) )*(\S+)\s*(.*)$", line)
        if insn and function:
            code[function].append((insn.group(1), insn.group(2)))
    return code, words(tools, image)


def words(tools, image):
    """Every aligned word of the image's data: where addresses of functions are, these are among them."""
    dump = tools.run("objdump", "-s", image)
    avr = "file format elf32-avr" in dump # has 16-bit pointers that count instructions of two bytes
    size = 16 if "file format elf64" in dump else 4 if avr else 8 # in digits
    found = set()
    for section in dump.split("Contents of section ")[1:]:
        if re.match(r"\.(rodata|data)", section):
            text = "".join(re.findall(r"[0-9a-f]{2,8}(?= )", "".join(re.findall(r"^ [0-9a-f]+ (.{36})", section, re.M))))
            found |= {int("".join(reversed(re.findall("..", text[i:i + size]))), 16) << avr
                      for i in range(0, len(text) - size + 1, min(size, 8))}
    return found


def call_graph(code, data):
    """{function: functions that it calls, jumps to or takes the address of}, and a list of calls of who knows what.

    A call through a pointer may reach every function whose address is in the data; where there is none, the pointer
    came from outside. A jump through a pointer is such a call too, or a switch: in a function that is itself reached
    through a pointer it is taken for a switch. A part that the compiler has moved away (name.cold) belongs to its
    function: jumps between the two are no calls."""
    whole = {function: function[1].split(".cold")[0] for function in code}
    starts = {function[0]: function for function in code}
    taken = {starts[word & ~1] for word in data if word & ~1 in starts and word & ~1 != 0}
    graph, pointers = {function: set() for function in code}, []
    for function, instructions in code.items():
        for mnemonic, operands in instructions:
            target = re.search(r"\b(?:0x)?([0-9a-f]+) <([^>+]+)>", operands)
            through = "<" not in operands and re.search(r"[*%(]|^x?r?\d+$|^$", operands)
            if target:
                callee = starts.get(int(target.group(1), 16))
                if callee and (CALL.match(mnemonic) or whole[callee] != whole[function]):
                    graph[function].add(callee)
            elif through and CALL.match(mnemonic):
                graph[function] |= taken
                if not taken:
                    pointers.append("%s: %s %s" % (function[1], mnemonic, operands))
            elif through and JUMP.match(mnemonic) and function not in taken:
                graph[function] |= taken
    return graph, pointers


def find_cycle(graph):
    """One cycle as a list, or None. Depth first with an own stack."""
    done = set()
    for root in graph:
        path, iterators = [root], [iter(sorted(graph[root]))]
        while path:
            callee = next(iterators[-1], None)
            if callee is None:
                done.add(path.pop())
                iterators.pop()
            elif callee in path:
                return path[path.index(callee):] + [callee]
            elif callee not in done:
                path.append(callee)
                iterators.append(iter(sorted(graph[callee])))
    return None


def check_recursion(code, data):
    graph, pointers = call_graph(code, data)
    for pointer in pointers:
        yield "recursion: call through a pointer in " + pointer
    cycle = find_cycle(graph)
    if cycle:
        yield "recursion: " + " -> ".join(name for _, name in cycle)


def check_arithmetic(code):
    for function, instructions in code.items():
        for mnemonic, operands in instructions:
            if DIVISION.match(mnemonic):
                yield "division: %s has %s %s" % (function[1], mnemonic, operands)
            if FLOAT.match(mnemonic):
                yield "division: %s has floating point: %s %s" % (function[1], mnemonic, operands)


def check_stack(tools, sources, objects, flags):
    """A variable-length array has made the compiler remark on it. gcc's stack usage also tells of alloca; clang says
    nothing of that, so look for the word in what the preprocessor leaves."""
    for remark in tools.remarks:
        if "-Wvla" in remark:
            yield "stack: " + remark
    for source, stem in zip(sources, [o[:-2] for o in objects]):
        if tools.gcc:
            with open(stem + ".su", encoding="utf-8") as lines:
                for line in lines:
                    if line.rstrip().endswith("\tdynamic"): # "dynamic,bounded" is pushed arguments
                        yield "stack: size known only at run time: " + line.strip()
        else:
            text = strip_system(output([*tools.cc, "-std=c99", *flags, "-E", source]))
            if re.search(r"\b(__builtin_)?alloca(_with_align)?\s*\(", text):
                yield "stack: alloca in " + source


def strip_system(preprocessed):
    """Drop what system headers gave (their line markers carry flag 3): they may declare alloca."""
    kept, system = [], False
    for line in preprocessed.splitlines():
        marker = re.match(r'^# \d+ "[^"]*"((?: \d)*)$', line)
        if marker:
            system = "3" in marker.group(1)
        elif not system:
            kept.append(line)
    return "\n".join(kept)


def check_macros(tools, include):
    """Every macro that <mote/mote.h> adds to those of <stddef.h> and <stdint.h>."""
    def macros(text):
        path = os.path.join(tools.work, "macros.c")
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
        return {re.split(r"[ (]", line)[1] for line in
                output([*tools.cc, "-std=c99", "-I" + include, "-dM", "-E", path]).splitlines()}
    system = "#include <stddef.h>\n#include <stdint.h>\n"
    for name in sorted(macros(system + "#include <mote/mote.h>\n") - macros(system)):
        if not name.startswith("MOTE_"):
            yield "names: macro %s does not start with MOTE_" % name


def check_sources(sources):
    seen = {}
    for source in sources:
        name = os.path.basename(source)
        if name in seen:
            yield "names: %s and %s give the same object" % (seen[name], source)
        seen[name] = source


def check_members(tools, library):
    """Two members of one name: the second is lost when the archive is unpacked."""
    members = tools.run("ar", "t", library).split()
    for name in sorted(set(members)):
        if members.count(name) > 1:
            yield "names: %d members of the archive are called %s" % (members.count(name), name)


def check_text(tools, library, limit):
    """The code and constants of all members, as size(1) counts text."""
    text = sum(int(line.split()[0]) for line in tools.run("size", library).splitlines()[1:])
    print("%s: %d bytes of text, at most %d" % (os.path.basename(library), text, limit))
    if text > limit:
        yield "size: %d bytes of text, more than %d" % (text, limit)


def check_objects(tools, objects, hardening, division):
    code, data = disassemble(tools, objects)
    yield from check_names(tools, objects)
    yield from check_undefined(tools, objects, hardening)
    yield from check_data(tools, objects)
    yield from check_recursion(code, data)
    if division:
        yield from check_arithmetic(code)


# (what the finding must say, sources): each breaks one rule. Declarations are written out to need no header.
CONTROLS = [
    ("does not start with mote_", ["int aes(int x); int aes(int x) { return x; }"]),
    ("malloc comes from outside", ["void *malloc(unsigned long); void *mote_f(void);"
                                   "void *mote_f(void) { return malloc(9); }"]),
    ("puts comes from outside", ["int puts(const char *); int mote_f(void); int mote_f(void) { return puts(\"x\"); }"]),
    ("comes from outside", ["#include <errno.h>\nint mote_f(void); int mote_f(void) { return errno; }"]),
    ("mote_state is writable", ["int mote_state; int mote_f(void); int mote_f(void) { return mote_state++; }"]),
    ("known", ["int mote_f(int i); int mote_f(int i) { static int known[4]; return known[i & 3]++; }"]),
    ("count", ["int mote_f(void); int mote_f(void) { static int count; return count++; }"]),
    ("table", ["int mote_f(int i); int mote_f(int i) { static int table[4] = {1, 2, 3, 4}; return table[i & 3]++; }"]),
    ("recursion: mote_f -> mote_f", ["int mote_f(volatile int *n);"
                                     "int mote_f(volatile int *n)"
                                     "{ return *n ? mote_f(n + 1) + *n * mote_f(n + 2) : 1; }"]),
    ("recursion: ", ["int mote_f(volatile int *n), mote_g(volatile int *n);"
                     "int mote_f(volatile int *n) { return *n ? mote_g(n + 1) + *n : 1; }",
                     "int mote_f(volatile int *n), mote_g(volatile int *n);"
                     "int mote_g(volatile int *n) { return mote_f(n + 1) - *n; }"]),
    ("recursion: ", ["int mote_f(int); int mote_g(int i); static int (*const table[2])(int) = {mote_f, mote_g};"
                     "int mote_f(int i) { return i; } int mote_g(int i) { return table[i & 1](i >> 1) + 1; }"]),
    ("call through a pointer", ["int mote_f(int (*g)(int)); int mote_f(int (*g)(int)) { return g(1) + 1; }"]),
    # A processor without an instruction for it calls the compiler's runtime.
    (("mote_f has", "comes from outside"), ["int mote_f(int a, int b); int mote_f(int a, int b) { return a / b; }"]),
    (("mote_f has", "comes from outside"), ["unsigned mote_f(unsigned a, unsigned b);"
                                            "unsigned mote_f(unsigned a, unsigned b) { return a % b; }"]),
    (("has floating point", "comes from outside"), ["int mote_f(int a);"
                                                    "int mote_f(int a) { return (int)((double)a * 1.5); }"]),
    ("stack: ", ["void mote_g(char *); void mote_f(int n);"
                 "void mote_f(int n) { char vla[n]; mote_g(vla); }",
                 "void mote_g(char *p); void mote_g(char *p) { *p = 0; }"]),
    ("stack: ", ["void mote_g(char *); void mote_f(unsigned long n);"
                 "void mote_f(unsigned long n) { mote_g(__builtin_alloca(n)); }",
                 "void mote_g(char *p); void mote_g(char *p) { *p = 0; }"]),
    (None, ["int mote_a(int); int mote_b(int); int mote_f(int i), mote_h(int i);"
            "static int (*const table[2])(int) = {mote_a, mote_b};"
            "int mote_a(int i) { return i; } int mote_b(int i) { return i - 1; }"
            "int mote_f(int i) { return table[i & 1](i) + 1; } int mote_h(int i) { return table[i & 1](i); }"]),
    (None, ["unsigned mote_g(unsigned a); unsigned mote_f(unsigned a);"
            "static const unsigned table[3] = {3, 5, 7};"
            "unsigned mote_f(unsigned a) { return mote_g(a / 3) + table[a % 3]; }",
            "#include <string.h>\nunsigned mote_g(unsigned a); unsigned mote_g(unsigned a)"
            "{ unsigned b, i; memcpy(&b, &a, sizeof b); for (i = 0; i < a; i++) b ^= b << 3; return b; }"]),
]


def run_controls(tools):
    """Each planted fault must be found, and the good file must pass."""
    for number, (expected, texts) in enumerate(CONTROLS):
        sources = []
        for part, text in enumerate(texts):
            sources.append(os.path.join(tools.work, "control%d_%d.c" % (number, part)))
            with open(sources[-1], "w", encoding="utf-8") as out:
                out.write(text + "\n")
        here = Tools(tools.prefix, tools.cc, os.path.join(tools.work, "control%d" % number), tools.allow)
        os.makedirs(here.work)
        objects, found = here.compile(sources, ["-O2"], "objects"), []
        if expected != "stack: ":
            found += check_objects(here, objects, False, True)
        if expected in (None, "stack: "):
            found += check_stack(here, sources, objects, [])
        if expected is None and found:
            yield "control %d is right but was refused: %s" % (number, found)
        wanted = expected if isinstance(expected, tuple) else (expected,)
        if expected is not None and not any(text in finding for text in wanted for finding in found):
            yield "control %d (%s) was not caught: %s" % (number, expected, found)
    if not list(check_sources(["ct/a.c", "aes/a.c"])):
        yield "control: two sources of one name were not caught"
    twice = os.path.join(tools.work, "twice.a")
    tools.run("ar", "qc", twice, *2 * [os.path.join(tools.work, "control0_0.c")])
    if not list(check_members(tools, twice)):
        yield "control: two members of one name were not caught"
    if not list(check_text(tools, tools.compile([os.path.join(tools.work, "control0_0.c")], ["-O2"], "text")[0], 0)):
        yield "control: a library that is too large was not caught"
    bad = os.path.join(tools.work, "include", "mote")
    os.makedirs(bad)
    with open(os.path.join(bad, "mote.h"), "w", encoding="utf-8") as out:
        out.write("#define MIN(a, b) ((a) < (b) ? (a) : (b))\n")
    if not list(check_macros(tools, os.path.dirname(bad))):
        yield "control: a macro without MOTE_ was not caught"
    if find_cycle({1: {2}, 2: {3}, 3: {2}}) is None or find_cycle({1: {2, 3}, 2: {3}, 3: set()}) is not None:
        yield "control: find_cycle"


def main():
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    parser = argparse.ArgumentParser(description="Check what the library's objects contain.")
    parser.add_argument("--cc", default="cc", help="compiler, words separated by spaces")
    parser.add_argument("--prefix", default="", help="prefix of nm, ld and objdump for a cross compiler, as avr-")
    parser.add_argument("--flags", default="", help="more flags for the compiler, as -mmcu=atmega328p")
    parser.add_argument("--allow", default="$^",
                        help="regular expression: what the compiler's runtime gives here")
    parser.add_argument("--root", default=here, help="root of the source tree")
    parser.add_argument("--division", action="store_true",
                        help="LIBMOTE.a is of -O2 or -O3: look for division too")
    parser.add_argument("--text", type=int, help="how many bytes of text LIBMOTE.a may have")
    parser.add_argument("library", nargs="?", help="libmote.a")
    args = parser.parse_args()

    sources = sorted(os.path.join(args.root, room, name) for room in ROOMS
                     for name in os.listdir(os.path.join(args.root, room)) if name.endswith(".c"))
    include = os.path.join(args.root, "include")
    flags = ["-I" + include]
    findings = []
    with tempfile.TemporaryDirectory() as work:
        tools = Tools(args.prefix, [*args.cc.split(), *args.flags.split()], work, args.allow)
        findings += run_controls(tools)
        print("%d planted faults tried" % (len(CONTROLS) + 4))
        findings += check_sources(sources)
        findings += check_macros(tools, include)
        objects = tools.compile(sources, ["-O2", *flags], "sources")
        findings += check_stack(tools, sources, objects, flags)
        findings += check_objects(tools, objects, False, True)
        print("%d sources compiled and looked at" % len(sources))
        if args.library:
            found = list(check_members(tools, args.library))
            found += check_objects(tools, [args.library], True, args.division)
            if args.text is not None:
                found += check_text(tools, args.library, args.text)
            findings += ["%s: %s" % (os.path.basename(args.library), finding) for finding in found]
            print("%s: %d symbols looked at" % (args.library, len(list(symbols(tools, [args.library])))))
    for finding in findings:
        print("FAIL " + finding)
    return 1 if findings or not sources else 0


if __name__ == "__main__":
    sys.exit(main())
