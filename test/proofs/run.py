#!/usr/bin/env python3
"""Prove the portable code with CBMC: run all proofs of proofs.toml, or those whose names are given.

    run.py [--planted] [--list] [--soundness] [--cbmc DIR] [-j N] [NAME...]

Each proof is a function of a file beside this one. SOUNDNESS.md says what they prove, what they assume, and what is
not proved. A line per proof: the verdict, the number of properties, the processor time. The exit status is 0 if all are proved,
1 if one is not, 77 (skipped) if there is no CBMC 6.

--planted shows that the proofs can fail. Each runs again over a copy of the library with a mistake in it (the text old
of proofs.toml becomes new, and must occur exactly once), which must turn it red; and once with an assertion that is
false after the call, which must be reached: so no assumption contradicts another.

CBMC is looked for in --cbmc DIR or $MOTE_CBMC (a directory that holds cbmc, goto-cc and goto-instrument), in PATH,
and last fetched by ../shared/tools/get_cbmc.sh beside the repository."""

import argparse
import concurrent.futures
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
ROOMS = ("ct", "aes", "sha256", "base64", "cbc", "hmac", "hkdf")
MEMORY = 9_000_000 << 10  # bytes of address space for each process
SECONDS = int(os.environ.get("T", 600))             # of processor time for each process; the slowest takes a tenth

# No backend for an instruction set, no inline assembly: CBMC looks into neither.
ASSUMED = {"library_memcpy", "library_memmove", "library_memset"}  # the C library's
CONFIG = ["-std=c99", "-DMOTE_NO_ASM=1", "-DMOTE_PORTABLE_ONLY=1", "-include", "proof.h"]
# Everything that C leaves undefined and CBMC can see; some are its defaults, named here so that they stay.
CHECKS = ["--bounds-check", "--pointer-check", "--pointer-primitive-check", "--pointer-overflow-check",
          "--div-by-zero-check", "--signed-overflow-check", "--undefined-shift-check", "--unwinding-assertions",
          "--no-malloc-may-fail", "--slice-formula", "--object-bits", "11"]


class Broken(Exception):
    """A proof that could not be run: a text to replace that is not there, a compiler error, a timeout."""


def find_cbmc(option):
    """The directory of CBMC 6's programs, or None and why not."""
    named = option or os.environ.get("MOTE_CBMC")
    found = shutil.which("cbmc")
    script = os.path.join(os.path.dirname(TOP), "shared", "tools", "get_cbmc.sh")
    if named:
        folder = named
    elif found:
        folder = os.path.dirname(found)
    elif os.path.exists(script):
        folder = os.path.join(tempfile.gettempdir(), "mote-cbmc-%d" % os.getuid(), "bin")
        if not os.path.exists(os.path.join(folder, "cbmc")):
            subprocess.run(["bash", script, os.path.dirname(folder)], stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL, check=False)
    else:
        return None, "no cbmc in PATH, and MOTE_CBMC names no directory that has it"
    try:
        version = subprocess.run([os.path.join(folder, "cbmc"), "--version"], capture_output=True, text=True,
                                 check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        return None, "cbmc does not run: %s" % error
    if not version.startswith("6."):
        return None, "cbmc is version %s, not 6" % version.split()[0]
    return folder, None


def edit(folder, name, old, new, times=1):
    """Replace text in a file, which must have it as often as it is said to."""
    path = os.path.join(folder, name)
    with open(path) as file:
        text = file.read()
    if text.count(old) != times:
        raise Broken("%s has this text %d times, not %d: %s" % (name, text.count(old), times, old))
    with open(path, "w") as file:
        file.write(text.replace(old, new))


def copy_library(folder, loops):
    """The library and the proofs, with the loop contracts put in: they live in loops.toml, not in the library."""
    os.makedirs(os.path.join(folder, "test"))
    for name in ROOMS + ("include", "test/proofs"):
        shutil.copytree(os.path.join(TOP, name), os.path.join(folder, name))
    for change in loops.get("replace", []):
        edit(folder, change["file"], change["old"], change["new"], change["times"])
    for loop in loops["loop"]:
        old = new = loop["text"]
        for part in ("before", "contract", "body", "after"):
            mark = "<%s>" % part
            if (mark in old) != (part in loop):
                raise Broken("%s: %s without its mark, or the mark without it: %s" % (loop["file"], part, loop["text"]))
            old = old.replace(mark, "")
            new = new.replace(mark, "\n" + loop.get(part, ""))
        edit(folder, loop["file"], old, new)


def limits():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


class Run:
    """One run of one proof: its harness with the sources that it needs, as a program for CBMC."""

    def __init__(self, proof, case, cbmc, library, stem):
        self.proof, self.cbmc, self.library = proof, cbmc, library
        self.log, self.program = stem + ".log", stem + ".goto"
        self.defines = ["-DCASE_%s=1" % word.upper() for word in case.split()]
        self.seconds = 0.0

    def execute(self, name, *args):
        """Run a program to its end in the limits: its status and output."""
        with open(self.log, "ab") as log:
            log.write(("$ %s %s\n" % (name, " ".join(args))).encode())
            log.flush()
            start = log.tell()
            process = subprocess.Popen([os.path.join(self.cbmc, name), *args], stdout=log, stderr=subprocess.STDOUT,
                                       preexec_fn=limits)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        self.seconds += usage.ru_utime + usage.ru_stime
        with open(self.log, errors="replace") as log:
            log.seek(start)
            return process.returncode, log.read()

    def must(self, name, *args):
        status, output = self.execute(name, *args)
        if status != 0:
            reasons = [line for line in output.splitlines() if "error:" in line] or output.strip().splitlines()[-1:]
            raise Broken("%s: %s" % (name, reasons[0] if reasons else status))

    def build(self):
        proof, program = self.proof, self.program
        sources = [os.path.join(self.library, "test/proofs", name) for name in (proof["file"], "ghosts.c")]
        sources += [os.path.join(self.library, name) for name in proof.get("sources", [])]
        folders = ["-I" + os.path.join(self.library, name) for name in ("", "include", "test/proofs")]
        self.must("goto-cc", *CONFIG, *self.defines, *folders, "--function", proof["entry"], *sources, "-o", program)
        for pair in proof.get("stubs", []):
            self.must("goto-instrument", "--replace-calls", pair, program, program)
        if "unwind" in proof:  # loops inside one that has a contract
            self.must("goto-instrument", "--unwindset", ",".join(proof["unwind"]), "--unwinding-assertions", program,
                      program)
        if "contract" in proof:
            uses = [word for name in proof.get("uses", []) for word in ("--replace-call-with-contract", name)]
            self.must("goto-instrument", "--dfcc", proof["entry"], "--apply-loop-contracts", "--enforce-contract",
                      proof["contract"], *uses, program, program)

    def check(self, stop=False):
        """The number of properties, and those that failed; only the first failure where that is enough."""
        self.build()
        flags = CHECKS + self.proof.get("flags", []) + (["--stop-on-fail"] if stop else [])
        status, output = self.execute("cbmc", *flags, self.program)
        if status == 0 and "VERIFICATION SUCCESSFUL" in output:
            total = re.search(r"^\*\* 0 of (\d+) failed", output, re.M)
            if stop or (total and int(total.group(1)) > 0):
                return int(total.group(1)) if total else 0, []
        if status == 10 and "VERIFICATION FAILED" in output:
            failed = [line for line in output.splitlines() if line.endswith(": FAILURE")]
            for place, text in re.findall(r"^Violated property:\n(.*)\n(.*)\n", output, re.M):
                failed.append("%s (%s)" % (text.strip(), place.strip()))
            if failed:
                return 0, failed
        if status == -signal.SIGXCPU:
            raise Broken("cbmc: more than %d s" % SECONDS)
        raise Broken("cbmc: %s" % (output.strip().splitlines() or [status])[-1])

    def reaches_end(self):
        """Can the end of the harness be reached?"""
        self.defines.append("-DREACHED=1")
        if "contract" in self.proof:
            return any("reached" in text for text in self.check(stop=True)[1])
        # Asked of that alone, a circuit that the values go through costs nothing.
        self.build()
        flags = CHECKS + self.proof.get("flags", [])
        _, output = self.execute("cbmc", *flags, "--show-properties", self.program)
        ends = re.findall(r"^Property (%s\.\S+):\n.*\n  reached$" % self.proof["entry"], output, re.M)
        if len(ends) != 1:
            raise Broken("%d assertions at the end" % len(ends))
        status, output = self.execute("cbmc", *flags, "--property", ends[0], self.program)
        return status == 10 and re.search(r"^\[%s\] .* reached: FAILURE$" % re.escape(ends[0]), output, re.M) is not None


def prove(proof, cbmc, loops, work):
    """Every case of the proof: what failed, what to say, and the time."""
    errors, total, seconds = [], 0, 0.0
    for case in proof.get("cases", [""]):
        run = Run(proof, case, cbmc, os.path.join(work, "library"), os.path.join(work, (proof["name"] + case).replace(" ", "-")))
        count, failed = run.check()
        errors += [case + " " + text if case else text for text in failed]
        total += count
        seconds += run.seconds
    return errors, "%d properties" % total, seconds


def plant(proof, cbmc, loops, work):
    """Each mistake must be found in one of the cases, and the end of the harness must be reachable in every case."""
    errors, seconds = [], 0.0
    plants = proof["plant"]
    for number, mistake in enumerate(plants):
        folder = os.path.join(work, "%s.planted%d" % (proof["name"], number))
        copy_library(folder, loops)
        edit(folder, mistake["file"], mistake["old"], mistake["new"])
        case = mistake.get("case", proof.get("cases", [""])[0])
        run = Run(proof, case, cbmc, folder, folder + ".run")
        _, failed = run.check(stop=True)
        if not failed:
            errors.append("not found: %s in place of %s" % (mistake["new"], mistake["old"]))
        seconds += run.seconds
        shutil.rmtree(folder)
    for case in proof.get("cases", [""]):
        run = Run(proof, case, cbmc, os.path.join(work, "library"), os.path.join(work, (proof["name"] + case + ".end").replace(" ", "-")))
        if not run.reaches_end():
            errors.append("%s the end of the harness is not reached" % case)
        seconds += run.seconds
    return errors, "%d planted" % len(plants), seconds


def consistent(proofs):
    """Every contract that stands in for a function is proved by some proof, and every harness file is used."""
    errors = []
    proved = {name for proof in proofs if "open" not in proof for name in [proof.get("contract")] + proof.get("shows", [])}
    for proof in proofs:
        for name in proof.get("uses", []) + proof.get("stubs_of", []):
            if name not in proved | ASSUMED:
                errors.append("%s uses the contract of %s, which no proof proves" % (proof["name"], name))
    used = {proof["file"] for proof in proofs}
    for name in sorted(os.listdir(HERE)):
        if name.endswith(".c") and name not in used | {"ghosts.c"}:
            errors.append("no proof runs %s" % name)
    names = [proof["name"] for proof in proofs]
    errors += ["two proofs have the name %s" % name for name in sorted(set(names)) if names.count(name) > 1]
    errors += ["%s has no planted mistake" % proof["name"] for proof in proofs if not proof.get("plant")]
    return errors


def drifted(proofs, library):
    """The mistakes that the sources have moved away from, whether or not they are planted in this run."""
    errors = []
    for proof in proofs:
        for mistake in proof["plant"] if "open" not in proof else []:
            with open(os.path.join(library, mistake["file"])) as file:
                times = file.read().count(mistake["old"])
            if times != 1:
                errors.append("%s: %s has this text %d times, not 1: %s" % (proof["name"], mistake["file"], times, mistake["old"]))
    return errors


def table(proofs):
    """The proofs as SOUNDNESS.md lists them."""
    lines = ["| proof | what is shown | of | by |", "| --- | --- | --- | --- |"]
    for proof in proofs:
        if "open" in proof:
            continue
        shown = proof.get("contract") or ", ".join(proof.get("shows", [])) or proof["file"]
        uses = proof.get("uses", []) + proof.get("stubs_of", [])
        builds = sorted({"chips, smaller" if "small" in case else "chips" if "chip" in case else "64-bit"
                         for case in proof.get("cases", [""])})
        lines.append("| %s | %s (%s) | `%s` | %s |" % (
            proof["name"], proof["claim"], ", ".join(builds), shown,
            "contracts of %s" % ", ".join(name.replace("mote_", "") for name in uses) if uses else "itself alone"))
    missing = [proof for proof in proofs if "open" in proof]
    if missing:
        lines += ["", "Written down but not proved (`open` in `proofs.toml`; `run.py NAME` tries it). No other proof rests on these:", ""]
        lines += ["- %s: %s; %s." % (proof["name"], proof["claim"], proof["open"]) for proof in missing]
    return "\n".join(lines) + "\n"


def soundness(proofs, write):
    """SOUNDNESS.md holds that table between its marks. Returns what is wrong."""
    path, begin, end = os.path.join(HERE, "SOUNDNESS.md"), "<!-- proofs -->\n", "<!-- end -->\n"
    with open(path) as file:
        text = file.read()
    if text.count(begin) != 1 or text.count(end) != 1:
        return ["SOUNDNESS.md has no marks for the table of proofs"]
    head, rest = text.split(begin)
    tail = rest.split(end)[1]
    right = head + begin + table(proofs) + end + tail
    if write:
        with open(path, "w") as file:
            file.write(right)
    return [] if write or text == right else ["SOUNDNESS.md is not what proofs.toml says: run.py --soundness writes it"]


def job(action, proof, cbmc, loops, work):
    try:
        errors, text, seconds = action(proof, cbmc, loops, work)
    except Broken as error:
        errors, text, seconds = [str(error)], "not run", 0.0
    verdict = "FAILED" if errors else "proved" if action is prove else "red"
    print("\n".join(["%-7s %-32s %16s %6.1f s" % (verdict, proof["name"], text, seconds)] +
                    ["        " + error for error in errors[:8]]), flush=True)
    return not errors


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--planted", action="store_true")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--soundness", action="store_true", help="write the table of proofs into SOUNDNESS.md")
    parser.add_argument("--cbmc", metavar="DIR")
    parser.add_argument("-j", "--jobs", type=int, default=2, metavar="N")
    parser.add_argument("--keep", metavar="DIR", help="keep the copies and the logs there")
    args = parser.parse_args()

    with open(os.path.join(HERE, "proofs.toml"), "rb") as file:
        proofs = tomllib.load(file)["proof"]
    for proof in proofs:  # prove_NAME calls mote_NAME, unless it says otherwise
        proof.setdefault("entry", "prove_" + proof["name"])
        if "functional" not in proof:
            proof.setdefault("contract", "mote_" + proof["name"])
    with open(os.path.join(HERE, "loops.toml"), "rb") as file:
        loops = tomllib.load(file)
    errors = consistent(proofs) + soundness(proofs, args.soundness)
    unknown = set(args.names) - {proof["name"] for proof in proofs}
    errors += ["no proof has the name %s" % name for name in sorted(unknown)]
    if errors:
        sys.exit("\n".join(errors))
    if args.names:
        proofs = [proof for proof in proofs if proof["name"] in args.names]
    else:
        proofs = [proof for proof in proofs if "open" not in proof]
    if args.soundness and not errors:
        return 0
    if args.list:
        for proof in proofs:
            print("%-34s %s" % (proof["name"], proof["claim"]))
        return 0
    cbmc, reason = find_cbmc(args.cbmc)
    if cbmc is None:
        print("skipped: %s" % reason)
        return 77

    began = time.monotonic()
    work = tempfile.mkdtemp(prefix="mote-proofs-")
    try:
        copy_library(os.path.join(work, "library"), loops)
        errors = drifted(proofs, os.path.join(work, "library"))
        if errors:
            raise Broken("\n".join(errors))
        with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
            # The slow ones first, so that no core waits for one at the end.
            order = sorted(proofs, key=lambda proof: -proof.get("seconds", 1))
            good = list(pool.map(lambda proof: job(plant if args.planted else prove, proof, cbmc, loops, work), order))
    except Broken as error:
        print("FAILED: %s" % error)
        return 1
    finally:
        if args.keep:
            shutil.copytree(work, args.keep, dirs_exist_ok=True)
        shutil.rmtree(work)
    print("%d of %d %s, %.0f s" % (sum(good), len(good), "turn red" if args.planted else "proved", time.monotonic() - began))
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
