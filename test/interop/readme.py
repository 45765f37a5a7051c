"""Holds README.md against what it shows, and examples/packet.c against what it promises.

    python3 readme.py PACKET QUICK      the two examples as built

A comment before a fenced block in README.md says what the block is; block() finds it. What needs a program that may be
absent (node, php, ...) is run by interop.py."""

import os
import re
import shlex
import subprocess
import sys
import textwrap

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")


def block(mark):
    """The text of the fenced block right after the one line <!-- MARK --> of README.md."""
    with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
        found = re.findall(rf"^<!-- {re.escape(mark)} -->\n```\w+\n(.*?)^```$", file.read(), re.M | re.S)
    if len(found) != 1:
        sys.exit(f"README.md has {len(found)} blocks marked {mark}")
    return found[0]


def skip(reason):
    """End with the status that Meson counts as skipped."""
    print("SKIPPED:", reason)
    sys.exit(77)


class Checks:
    count = 0

    def that(self, good, what):
        self.count += 1
        if not good:
            sys.exit(f"failed: {what}")


def run(program, *arguments, stdin=b""):
    done = subprocess.run([program, *arguments], input=stdin, capture_output=True)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def main():
    _, packet, quick = sys.argv
    checks = Checks()

    # The first command's arguments give the output shown below it, and the second command is one line as well.
    command, test_command = block("ci: run"), block("ci: test")
    checks.that(command.count("\n") == 1 and test_command.count("\n") == 1, "the commands are one line each")
    arguments = shlex.split(command)[-4:]
    key, device, reading, counter = arguments
    status, shown, errors = run(packet, *arguments)
    checks.that(status == 0 and errors == "", "packet succeeds")
    checks.that(shown == block("output: run"), "README shows what packet prints:\n" + shown)

    # The quick example in README is the part between the marks in quick.c, and it works.
    with open(os.path.join(ROOT, "examples", "quick.c"), encoding="utf-8") as file:
        part = file.read().split("    /* README begins */\n")[1].split("    /* README ends */\n")[0]
    checks.that(block("part: examples/quick.c") == textwrap.dedent(part), "README shows the part of quick.c")
    checks.that(run(quick) == (0, reading + "\n", ""), "quick prints the reading")

    # Every link of README to a file leads somewhere.
    with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
        for target in re.findall(r"\]\(([^)#]+)\)", file.read()):
            checks.that("://" in target or os.path.exists(os.path.join(ROOT, target)), f"README links to {target}")

    # Readings of every length, with every byte value, through standard input.
    for data in [b"", b"\0", b"a\0b", bytes(range(256)), b"x" * 15, b"x" * 16, b"x" * 17, bytes(1023), b"\xff" * 1024]:
        status, shown, errors = run(packet, key, device, "-", counter, stdin=data)
        escaped = "".join(chr(b) if 0x20 <= b < 0x7F and b not in b'"\\' else f"\\x{b:02x}" for b in data)
        checks.that(status == 0 and errors == "", f"packet takes {len(data)} bytes from standard input")
        checks.that(shown.count(f'"{escaped}" ({len(data)} bytes)\n') == 2, f"{len(data)} bytes arrive as they were sent")
        count = 32 + len(data) + 16 - len(data) % 16
        checks.that(f" {count} of {count} refused: not authentic\n" in shown, f"all {count} changed packets are refused")
        checks.that(shown.count("refused: not authentic") == 3 and shown.count("refused: this counter") == 1, "refusals")
    status, upper, _ = run(packet, key.upper(), device, reading, counter)
    checks.that(status == 0 and upper == run(packet, *arguments)[1], "a key in capitals is the same key")
    for good in ("1", "9223372036854775807", "0042"):
        checks.that(run(packet, key, device, reading, good)[0] == 0, f"counter {good} is taken")
    checks.that(run(packet, key, "a" * 64, reading, counter)[0] == 0, "a name of 64 characters is taken")

    # Wrong arguments: a reason and a usage line, nothing on standard output, status 2.
    wrong = [[], [key], arguments[:3], arguments + ["x"], ["--help"]]
    wrong += [[bad, device, reading, counter] for bad in ("", key[:-1], key[:-2], key + "00", "g" + key[1:], " " + key[1:])]
    wrong += [[key, bad, reading, counter] for bad in ("", "a b", "a&b", "ä", "a/b", "a" * 65)]
    wrong += [[key, device, "x" * 1025, counter]]
    wrong += [[key, device, reading, bad] for bad in
              ("", "0", "-1", "+1", " 1", "1 ", "1.5", "0x10", "9223372036854775808", "18446744073709551617", "9" * 40)]
    for bad in wrong:
        status, shown, errors = run(packet, *bad)
        checks.that(status == 2 and shown == "" and errors.startswith("packet: "), f"packet refuses {bad}")
        checks.that(errors.endswith("\nusage: packet MASTERKEY DEVICE READING|- COUNTER\n"), f"a usage line for {bad}")
        checks.that(key not in errors, "no key in a message")
    checks.that(run(packet, key, device, "-", counter, stdin=b"x" * 1025)[0] == 2, "1025 bytes of standard input are refused")
    print(f"checks: readme {checks.count}")


if __name__ == "__main__":
    main()
