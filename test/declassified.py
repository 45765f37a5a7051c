#!/usr/bin/env python3
"""Every use of MOTE_DECLASSIFY in the library stands in SECURITY.md's table, and every row of the table in the library."""
import glob
import os
import re
import sys

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), '..'))
ROOMS = ['ct', 'aes', 'sha256', 'base64', 'cbc', 'hmac', 'hkdf']


def uses():
    found = set()
    for room in ROOMS:
        for name in sorted(glob.glob(f'{TOP}/{room}/*.[ch]')):
            with open(name) as file:
                text = re.sub(r'(?m)^\s*#.*$', '', file.read())  # the definition
            found |= {(os.path.relpath(name, TOP), match) for match in re.findall(r'MOTE_DECLASSIFY\(\s*&?(\w+)', text)}
    return found


def main():
    with open(f'{TOP}/SECURITY.md') as file:
        listed = set(re.findall(r'(?m)^\| ([\w/.]+) \| `(\w+)` \|', file.read()))
    for what, entries in (('not in SECURITY.md', uses() - listed), ('in SECURITY.md, but not in the library', listed - uses())):
        for name, variable in sorted(entries):
            print(f'{name}: {variable}: {what}')
    print(f'declassified: {len(listed)}')
    return uses() != listed or not listed


if __name__ == '__main__':
    sys.exit(main())
