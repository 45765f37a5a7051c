#!/usr/bin/env python3
"""test/claims.py - README's table of claims, held against what the commands printed.

test/claims.toml has a claim, the command that shows it, the stages of .ci/run that run it, and where its figure stands in what they
print. .ci/run keeps what every stage printed, and ends with: test/claims.py LOGS. That fails if README's table is not the
one that these make, if a stage did not run, or if it printed no such figure. With --write it writes the table into README.md."""
import pathlib
import re
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- claims -->\n", "<!-- end: claims -->\n"


def number(text):
    """1234567 as 1 234 567, as the other tables have it."""
    return f"{int(text):,}".replace(",", " ") if re.fullmatch(r"\d{5,}", text) else text


def figure(claim, logs):
    """What the claim's stages printed: every match of the pattern, the groups of the last one, or their sums over all."""
    found = []
    for stage in claim["stages"]:
        log = logs / (re.sub(r"[^A-Za-z0-9]+", "-", stage).strip("-") + ".log")
        if not log.is_file():
            sys.exit(f"claims.toml: .ci/run has not run the stage {stage!r}")
        here = [match.groups() for match in re.finditer(claim["pattern"], log.read_text(errors="replace"), re.M)]
        if not here:
            sys.exit(f"{stage}: printed nothing like {claim['pattern']!r}")
        found += here
    groups = [str(sum(map(int, column))) for column in zip(*found)] if claim.get("sum") else found[-1]
    return claim["figure"].format(*map(number, groups), count=len(found))


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--write"]
    if len(arguments) != 1:
        sys.exit(__doc__)
    claims = tomllib.loads((ROOT / "test/claims.toml").read_text())["claim"]
    rows = ["| Claim | Shown by | Last measured |\n", "|---|---|---|\n"]
    for claim in claims:
        rows.append(f"| {claim['claim']} | `{claim['command']}` | {figure(claim, pathlib.Path(arguments[0]))} |\n")
    readme = (ROOT / "README.md").read_text()
    before, _, rest = readme.partition(BEGIN)
    held, mark, after = rest.partition(END)
    if not mark:
        sys.exit("README.md: no table between the marks of the claims")
    table = "".join(rows)
    if "--write" in sys.argv:
        (ROOT / "README.md").write_text(before + BEGIN + table + END + after)
    elif held != table:
        sys.exit("README.md: the table of claims should be\n" + table)
    print(f"claims: {len(claims)}, each with the figure that was printed")


if __name__ == "__main__":
    main()
