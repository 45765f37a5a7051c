"""Holds the library against one of the programs in examples/servers: the same keys, the same bytes, each opens what the
other sealed, and both refuse the same changed packets.

    python3 interop.py PROGRAM MOTE_CLI      PROGRAM is openssl, node, python or php; MOTE_CLI the built mote_cli.c

Exit status 77, which Meson counts as skipped, if PROGRAM is not installed. The cases are random and new in every run;
the seed is printed, and MOTE_INTEROP_SEED repeats it."""

import base64
import hashlib
import hmac
import os
import random
import shlex
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
import readme  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))

# RFC 7518 appendix B.1: K, IV, P, A and the authentication tag T.
RFC7518 = dict(
    key=bytes(range(32)),
    iv=bytes.fromhex("1af38c2dc2b96ffdd86694092341bc04"),
    plaintext=b"A cipher system must not be required to be secret, and it must be able to fall into the hands of the enemy"
    b" without inconvenience",
    aad=b"The second principle of Auguste Kerckhoffs",
    tag=bytes.fromhex("652c3fa36b0a7c5b3219fab3a30bc1c4"),
)


def find_program(name):
    """The command that speaks the line protocol, and how many cases of each kind it is asked (openssl starts a dozen
    processes for each). Skips if something is not installed."""
    drive = os.path.join(HERE, "drive.")
    if name == "python":
        if subprocess.run([sys.executable, "-c", "import cryptography"], capture_output=True).returncode != 0:
            readme.skip("Python's cryptography is not installed (Debian: python3-cryptography)")
        return [sys.executable, drive + "py"], 300
    package = {"openssl": "openssl", "node": "nodejs", "php": "php-cli"}[name]
    path = shutil.which(name)
    if path is None:
        readme.skip(f"{name} is not installed (Debian: {package})")
    if name == "openssl":
        version = subprocess.run([path, "version"], capture_output=True, text=True).stdout
        if not version.startswith("OpenSSL 3"):
            readme.skip(f"the openssl program must be of version 3, this is {version.strip()}")
        return ["sh", drive + "sh"], 6
    return [path, drive + {"node": "js", "php": "php"}[name]], 300


def ask(command, requests):
    """One answer for each request; every request is a tuple of the protocol's fields."""
    lines = "".join(",".join(f.hex() if isinstance(f, bytes) else f for f in request) + "\n" for request in requests)
    done = subprocess.run(command, input=lines, capture_output=True, text=True)
    if done.returncode != 0 or done.stderr:
        sys.exit(f"{command} ended with status {done.returncode}: {done.stderr}")
    answers = done.stdout.splitlines()
    if len(answers) != len(requests):
        sys.exit(f"{command} gave {len(answers)} answers to {len(requests)} requests")
    return answers


class Checks(readme.Checks):
    def equal(self, requests, *answer_lists):
        for request, *answers in zip(requests, *answer_lists):
            self.count += 1
            if len(set(answers)) != 1:
                sys.exit(f"the answers differ\n  request {request}\n  " + "\n  ".join(answers))


def text_of(packet):
    return base64.urlsafe_b64encode(packet).decode().rstrip("=")


def bytes_of(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def forgeries(rng, key, aad, text):
    """Requests to open something that is not quite the packet in text. None may be granted."""
    packet = bytes_of(text)
    for start, end in ((0, 16), (16, len(packet) - 16), (len(packet) - 16, len(packet))):  # the IV, the ciphertext, the tag
        changed = bytearray(packet)
        changed[rng.randrange(start, end)] ^= 1 << rng.randrange(8)
        yield "open", key, aad, text_of(changed)
    for wrong in (packet[:-1], packet[:-16], packet[16:], packet + b"\0", packet + bytes(16), packet[:32], b""):
        yield "open", key, aad, text_of(wrong)
    other_key = bytearray(key)
    other_key[rng.randrange(16)] ^= 1 << rng.randrange(8)  # the half that authenticates
    yield "open", bytes(other_key), aad, text
    yield "open", key, aad + b"\0", text
    yield "open", key, aad[:-1] if aad else b"\1", text
    # Texts that a lenient decoder takes for the same bytes: padding, a line break, the other alphabet, trailing bits.
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    yield "open", key, aad, text + "=" * (-len(text) % 4 or 4)
    yield "open", key, aad, text[:20] + " " + text[20:]
    if set(text) & set("-_"):
        yield "open", key, aad, text.replace("-", "+").replace("_", "/")
    if len(text) % 4 != 0:
        yield "open", key, aad, text[:-1] + alphabet[alphabet.index(text[-1]) + 1]


def bad_paddings(rng, count):
    """Requests to open packets with a right tag over random blocks, whose padding is nearly always wrong."""
    for _ in range(count):
        key, aad, body = rng.randbytes(32), rng.randbytes(8), rng.randbytes(16 + 16 * rng.randint(1, 3))
        tag = hmac.new(key[:16], aad + body + (8 * len(aad)).to_bytes(8, "big"), hashlib.sha256).digest()[:16]
        yield "open", key, aad, text_of(body + tag)


def main():
    _, program, mote_cli = sys.argv
    command, cases = find_program(program)
    mote = [mote_cli]
    seed = os.environ.get("MOTE_INTEROP_SEED") or str(random.SystemRandom().getrandbits(64))
    print(f"MOTE_INTEROP_SEED={seed}")
    rng = random.Random(seed)
    checks = Checks()

    # Both derive the same keys. The openssl program takes labels and devices as text, the others any bytes.
    def name(longest):
        size = rng.randint(1, longest)
        return rng.randbytes(size) if program != "openssl" else bytes(rng.randrange(0x20, 0x7F) for _ in range(size))

    keys = [("key", rng.randbytes(32), name(20).replace(b"\0", b"-"), name(40)) for _ in range(cases)]
    derived = ask(mote, keys)
    checks.equal(keys, derived, ask(command, keys))

    # With the same IV both seal to the same bytes, and RFC 7518's tag comes out at the end of its example.
    lengths = [0, 1, 15, 16, 17, 31, 32, 33] + [rng.randint(0, 1000) for _ in range(cases)]
    seals = [
        ("seal", bytes.fromhex(answer[3:]), rng.randbytes(16), rng.randbytes(rng.choice((0, 8, rng.randint(1, 300)))),
         rng.randbytes(length))
        for answer, length in zip(derived, lengths)
    ]
    seals.append(("seal", RFC7518["key"], RFC7518["iv"], RFC7518["aad"], RFC7518["plaintext"]))
    sealed = ask(mote, seals)
    checks.equal(seals, sealed, ask(command, seals))
    checks.that(bytes_of(sealed[-1][3:])[-16:] == RFC7518["tag"], "the tag is not that of RFC 7518 appendix B.1")

    # Each opens what the other sealed; the server program draws its own IV and never the same twice.
    own_iv = [(op, key, b"", aad, plaintext) for op, key, _, aad, plaintext in seals]
    sealed_there = ask(command, own_iv)
    plaintexts = ["ok," + request[4].hex() for request in seals]
    for program_that_opens, packets in ((command, sealed), (mote, sealed_there)):
        opens = [("open", key, aad, packet[3:]) for (_, key, _, aad, _), packet in zip(seals, packets)]
        checks.equal(opens, ask(program_that_opens, opens), plaintexts)
    ivs = {bytes_of(packet[3:])[:16] for packet in sealed_there}
    checks.that(len(ivs) == len(sealed_there), "an IV came twice")

    # Both refuse every forgery, and say the same to packets that are authentic but badly padded.
    forged = [f for (_, key, _, aad, _), packet in zip(seals[: max(2, cases // 5)], sealed) for f in
              forgeries(rng, key, aad, packet[3:])]
    checks.equal(forged, ask(mote, forged), ask(command, forged), ["refused"] * len(forged))
    padded = list(bad_paddings(rng, max(4, cases // 5)))
    answers = ask(mote, padded)
    checks.equal(padded, answers, ask(command, padded))
    checks.that(answers.count("refused") > len(padded) // 2, "packets with bad padding are opened")

    # README's lines for this program, as they stand there, print the reading of README's first command.
    interpreter = ["sh"] if program == "openssl" else command[:1]
    done = subprocess.run(interpreter, input=readme.block("snippet: " + program), capture_output=True, text=True,
                          cwd=os.path.join(readme.ROOT, "examples", "servers"))
    reading = shlex.split(readme.block("ci: run"))[-2]
    checks.that(done.stdout.rstrip("\n") == reading, f"README's lines for {program} print {done.stdout}{done.stderr}")
    print(f"checks: interop_{program} {checks.count}")


main()
