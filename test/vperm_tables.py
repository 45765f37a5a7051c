#!/usr/bin/env python3
"""The tables of aes/aes_vperm_tables.h, from the definition of AES (FIPS 197) and of its field alone.

    vperm_tables.py                    print the header
    vperm_tables.py --check HEADER     fail unless HEADER is exactly that

The method is M. Hamburg's, "Accelerating AES with Vector Permute Instructions", CHES 2009, section 3.
"""
import sys


def mul(a, b):
    """Product in GF(2^8) modulo x^8 + x^4 + x^3 + x + 1 (FIPS 197 section 4.2)."""
    product = 0
    while b:
        if b & 1:
            product ^= a
        a = (a << 1) ^ (0x11b if a & 0x80 else 0)
        b >>= 1
    return product


def power(a, n):
    result = 1
    for _ in range(n):
        result = mul(result, a)
    return result


def inverse(a):
    return power(a, 254)


def affine(a):
    """The linear part of the S-box's affine transformation (section 5.1.1); its constant 0x63 is in the round keys."""
    rotated = [((a << n) | (a >> (8 - n))) & 0xff for n in range(5)]
    return rotated[0] ^ rotated[1] ^ rotated[2] ^ rotated[3] ^ rotated[4]


INVERSE_AFFINE = {affine(a): a for a in range(256)}

# GF(2^4) inside GF(2^8), with the basis 1, w, w^2, w^3: a nibble n stands for the element NIBBLE[n].
w = next(x for x in range(2, 256) if power(x, 4) ^ x ^ 1 == 0)
NIBBLE = [(n & 1) ^ (power(w, 1) * (n >> 1 & 1)) ^ (power(w, 2) * (n >> 2 & 1)) ^ (power(w, 3) * (n >> 3 & 1))
          for n in range(16)]
CODE = {element: n for n, element in enumerate(NIBBLE)}

# u of trace 1 over GF(2^4) extends the basis: every element is i + k u; 1/a is the norm of u.
u = next(x for x in range(256) if x ^ power(x, 16) == 1)
a = inverse(power(u, 17))
g = inverse(a) ^ 1 ^ u
INTERNAL = {NIBBLE[i] ^ mul(NIBBLE[k], u): i << 4 | k for i in range(16) for k in range(16)}

INFINITY = 0x80


def lookup_inverse(numerator):
    return [INFINITY if n == 0 else CODE[mul(numerator, inverse(NIBBLE[n]))] for n in range(16)]


def of_nibbles(linear):
    """A linear map of a byte as the XOR of two look-ups, by its low and by its high nibble."""
    return [linear(n) for n in range(16)], [linear(n << 4) for n in range(16)]


def after_inversion(linear):
    """A linear map of the inverse, as the XOR of two look-ups by what the inversion ends with:
    1 / (i + k u) = (1 + g) / io + g / jo."""
    return ([0 if n == 0 else linear(mul(1 ^ g, inverse(NIBBLE[n]))) for n in range(16)],
            [0 if n == 0 else linear(mul(g, inverse(NIBBLE[n]))) for n in range(16)])


def shift_rows(positions, times):
    """Where ShiftRows, `times` times, takes each byte from; the state is column by column."""
    return [positions[4 * ((n // 4 + times * (n % 4)) % 4) + n % 4] for n in range(16)]


def conjugated_rotation(rows, times):
    """To each byte the one `rows` rows below in its column, between `times` ShiftRows and their inverse: the state's
    bytes lie where `times` ShiftRows have not yet been done."""
    there = shift_rows(list(range(16)), times)
    back = [there.index(n) for n in range(16)]
    rotated = [4 * (n // 4) + (n + rows) % 4 for n in range(16)]
    return [there[rotated[back[n]]] for n in range(16)]


def check():
    """The tables' algebra, for all 256 values."""
    inv, inva = lookup_inverse(1), lookup_inverse(a)
    upper, lower = after_inversion(lambda x: x)

    def at(table, index):
        return 0 if index & INFINITY else table[index]

    for x in range(256):
        i, k = INTERNAL[x] >> 4, INTERNAL[x] & 15
        j = i ^ k
        ak = at(inva, k)
        io = at(inv, at(inv, i) ^ ak) ^ j
        jo = at(inv, at(inv, j) ^ ak) ^ i
        assert at(upper, io) ^ at(lower, jo) == inverse(x)


def header():
    internal = INTERNAL.__getitem__
    tables = [('INV', '1 / n, in GF(2^4)', lookup_inverse(1)), ('INVA', 'a / n', lookup_inverse(a))]

    def pair(name, comment, both):
        tables.extend([(name + '0', comment, both[0]), (name + '1', None, both[1])])

    pair('IN', 'encryption: a byte, by its nibbles, to the internal basis', of_nibbles(internal))
    pair('SB', 'SubBytes, to the internal basis', after_inversion(lambda x: internal(affine(x))))
    pair('SB2', 'SubBytes and times 2', after_inversion(lambda x: internal(mul(2, affine(x)))))
    pair('SBOUT', 'SubBytes, to the standard basis', after_inversion(affine))
    pair('INVIN', 'decryption: the inverse affine transformation, to the internal basis',
         of_nibbles(lambda x: internal(INVERSE_AFFINE[x])))
    for factor in (9, 13, 11, 14):
        pair('INVSB%d' % factor, 'InvSubBytes and times %d, as the next one wants it' % factor,
             after_inversion(lambda x, factor=factor: internal(INVERSE_AFFINE[mul(factor, x)])))
    pair('INVSBOUT', 'InvSubBytes, to the standard basis', after_inversion(lambda x: x))

    lines = ['/* aes/aes_vperm_tables.h - what aes_vperm.h looks up in registers. Made by test/vperm_tables.py, which says how, and',
             ' * checks it; a table takes 16 bytes. They lie in the one file that has VPERM_TABLES_HERE. */',
             '#ifndef MOTE_AES_VPERM_TABLES_H', '#define MOTE_AES_VPERM_TABLES_H', '',
             '/* clang-format off */', 'enum {']
    rows = []
    comments = {}
    for name, comment, values in tables:
        if comment:
            comments[len(rows)] = comment
        rows.append((name, values))
    comments[len(rows)] = 'MixColumns: one row down, and three, with 0..3 ShiftRows outstanding'
    rows += [('DOWN%d' % n if n else 'DOWN', conjugated_rotation(1, n)) for n in range(4)]
    rows += [('UP%d' % n if n else 'UP', conjugated_rotation(3, n)) for n in range(4)]
    comments[len(rows)] = 'two ShiftRows; and the n-th inverse one for the round keys, n in 0..3'
    rows.append(('SHIFT2', shift_rows(list(range(16)), 2)))
    rows += [('UNSHIFT%d' % n if n else 'UNSHIFT', shift_rows(list(range(16)), -n)) for n in range(4)]
    comments[len(rows)] = 'for the key schedule: two rows down; RotWord of word 3 in all words; words one and two up'
    rows.append(('DOWN_TWICE', conjugated_rotation(2, 0)))
    rows.append(('ROTATE_WORD3', [13, 14, 15, 12] * 4))
    rows.append(('WORDS_UP1', [INFINITY] * 4 + list(range(12))))
    rows.append(('WORDS_UP2', [INFINITY] * 8 + list(range(8))))
    comments[len(rows)] = "the S-box's constant; the first Rcon"
    rows.append(('CONSTANT', [0x63] * 16))
    rows.append(('RCON', [1, 0, 0, 0] * 4))
    named = [name for name, _ in rows]
    for n in range(0, len(named), 8):
        lines.append('    ' + ' '.join('T_%s,' % name for name in named[n:n + 8]))
    lines += ['    TABLES', '};', '', 'extern const uint8_t mote_aes_vperm_tables[TABLES][16];', '',
              '#if VPERM_TABLES_HERE',
              'const uint8_t mote_aes_vperm_tables[TABLES][16] __attribute__((aligned(16))) = {']
    for n, (name, values) in enumerate(rows):
        if n in comments:
            lines.append('    /* %s */' % comments[n])
        lines.append('    {%s}, /* %s */' % (', '.join('0x%02x' % v for v in values), name))
    lines += ['};', '#endif', '/* clang-format on */', '',
              '#endif', '']
    return '\n'.join(lines)


if __name__ == '__main__':
    check()
    if len(sys.argv) == 3 and sys.argv[1] == '--check':
        with open(sys.argv[2]) as file:
            if file.read() != header():
                sys.exit(sys.argv[2] + ' is not what this script makes')
    else:
        sys.stdout.write(header())
