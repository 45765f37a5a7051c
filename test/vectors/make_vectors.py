#!/usr/bin/python3
"""Write the NIST vector files of this directory from NIST's own response files.

    make_vectors.py            write them
    make_vectors.py --check    only compare; exit status 1 if a file differs

The response files of NIST's Cryptographic Algorithm Validation Program come from Debian's python3-cryptography-vectors.
Without that package the exit status is 77 ("skipped" for Meson). test/vectors.h describes the form of the files. The
other files here are small and were written by hand from the documents that they name.
"""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent

HEADER = """\
# {title}
# Source: NIST Cryptographic Algorithm Validation Program,
# {files},
# as packaged in Debian's python3-cryptography-vectors. Written by make_vectors.py.
{notes}fields: {fields}
"""


def records(path):
    """The (section, {NAME: value}) pairs of a response file; a record ends at a blank line."""
    section, record = "", {}
    for line in path.read_text(encoding="ascii").splitlines() + [""]:
        line = line.strip()
        if line.startswith("["):
            section = line.strip("[]").lower()
        elif " = " in line:
            name, value = line.split(" = ")
            if name in record:
                sys.exit(f"{path}: {name} twice in one record")
            record[name] = value
        elif not line and record:
            yield section, record
            record = {}


def aes(source, mode):
    """The known answers of one mode. A case that stands in both the ENCRYPT and the DECRYPT section is written once."""
    names = ["KEY"] + (["IV"] if mode == "CBC" else []) + ["PLAINTEXT", "CIPHERTEXT"]
    sets = ["GFSbox", "KeySbox", "VarKey", "VarTxt", "MMT"]
    lines = []
    for name in sets:
        cases = {}
        for section, record in records(source / f"ciphers/AES/{mode}/{mode}{name}128.rsp"):
            values = " ".join(record[n].lower() for n in names)
            cases.setdefault(values, []).append(section)
        for values, sections in cases.items():
            if sections not in (["encrypt"], ["decrypt"], ["encrypt", "decrypt"]):
                sys.exit(f"{mode}{name}128: unexpected sections {sections}")
            direction = "both" if len(sections) == 2 else sections[0]
            lines.append(f"{name.lower()} {direction} {values}\n")
    fields = "set:word direction:word " + " ".join(f"{n.lower()}:hex" for n in names)
    head = HEADER.format(
        title=f"AES-128 in {mode} mode: known answers and multi-block messages.",
        files=", ".join(f"{mode}{name}128.rsp" for name in sets),
        notes="# direction: the response file has the case for encryption, decryption or both.\n",
        fields=fields,
    )
    return head + "".join(lines)


def sha256_messages(source, name, title):
    lines = []
    for _, record in records(source / f"hashes/SHA2/SHA256{name}.rsp"):
        if "Len" not in record:  # [L = 32]
            continue
        length = int(record["Len"])
        message = record["Msg"][: length // 4] or "-"
        if length % 8 or (message != "-" and len(message) * 4 != length):
            sys.exit(f"SHA256{name}: the message of Len {length} does not have that length")
        lines.append(f"{message} {record['MD']}\n")
    head = HEADER.format(
        title=f"SHA-256: {title} messages.", files=f"SHA256{name}.rsp", notes="", fields="message:hex digest:hex"
    )
    return head + "".join(lines)


def sha256_monte(source):
    lines = []
    for _, record in records(source / "hashes/SHA2/SHA256Monte.rsp"):
        if "Seed" in record:
            lines.append(f"0 {record['Seed']}\n")
        elif "MD" in record:
            lines.append(f"{int(record['COUNT']) + 1} {record['MD']}\n")
    head = HEADER.format(
        title="SHA-256: the Monte Carlo test (SHAVS section 6.4).",
        files="SHA256Monte.rsp",
        notes="# step 0 is the seed; step n is the digest after n times 1000 iterations.\n",
        fields="step:number digest:hex",
    )
    return head + "".join(lines)


def main():
    try:
        import cryptography_vectors
    except ImportError:
        print("python3-cryptography-vectors is not installed")
        sys.exit(77)
    source = pathlib.Path(cryptography_vectors.__file__).parent
    files = {
        "nist_aes128_ecb.txt": aes(source, "ECB"),
        "nist_aes128_cbc.txt": aes(source, "CBC"),
        "nist_sha256_short.txt": sha256_messages(source, "ShortMsg", "short"),
        "nist_sha256_long.txt": sha256_messages(source, "LongMsg", "long"),
        "nist_sha256_monte.txt": sha256_monte(source),
    }
    check = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not check:
        sys.exit(__doc__)
    different = []
    for name, text in files.items():
        path = HERE / name
        if not check:
            path.write_text(text, encoding="ascii")
        elif not path.exists() or path.read_text(encoding="ascii") != text:
            different.append(name)
    if different:
        sys.exit("not as make_vectors.py writes them: " + ", ".join(different))


if __name__ == "__main__":
    main()
