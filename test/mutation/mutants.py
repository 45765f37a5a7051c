"""The mutants of a C file: what one change of an operator, a constant, a condition or a statement makes of it.

A mutant is named by its file, the text of its line, what is changed there and into what: a change elsewhere in the file does
not change that name. Lines of equal text are told apart by "#2", "#3" behind the text, equal changes in a line likewise."""
import collections
import re

TOKEN = re.compile(r"""
    (?P<space>\s+|\\\n) | (?P<comment>/\*.*?\*/|//[^\n]*) | (?P<string>"(?:\\.|[^"\\\n])*") | (?P<char>'(?:\\.|[^'\\\n])+')
  | (?P<number>0[xX][0-9a-fA-F]+[uUlL]*|\d+[uUlL]*) | (?P<name>[A-Za-z_]\w*)
  | (?P<operator><<=|>>=|\+\+|--|->|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|\#\#|[-+*/%&|^~!<>=?:;,.(){}\[\]\#])
""", re.VERBOSE | re.DOTALL)

REPLACE = {
    '+': '-', '-': '+', '*': '+', '/': '*', '%': '*', '&': '|', '|': '&', '^': '|', '<<': '>>', '>>': '<<',
    '&&': '||', '||': '&&', '==': '!=', '!=': '==', '++': '--', '--': '++',
    '+=': '-=', '-=': '+=', '*=': '+=', '^=': '|=', '|=': '&=', '&=': '|=', '<<=': '>>=', '>>=': '<<=',
}
RELATION = {'<': ('<=', '>='), '<=': ('<', '>'), '>': ('>=', '<='), '>=': ('>', '<')}
COMPARES = {'==', '!=', '<', '<=', '>', '>=', '&&', '||'}
UNARY_AFTER = {'(', ',', '=', '{', ';', 'return', '?', ':', '&&', '||', '[', '<', '>', '==', '!=', '<<', '>>', '+', '-', '|', '&',
               '^', '~', '!', '+=', '-=', '|=', '&=', '^=', '}', 'sizeof'}
DECLARES = {'const', 'static', 'unsigned', 'int', 'char', 'void', 'struct', 'typedef', 'enum', 'volatile', 'register', 'inline',
            'return', 'extern', 'union', 'goto', 'case', 'default', '__asm__', '__attribute__', 'sizeof'}
TYPE = re.compile(r'(\w+_t|char|void|int|unsigned|const|mote_\w+|message|block|hash_value)$')

Token = collections.namedtuple('Token', 'kind text start end')
Mutant = collections.namedtuple('Mutant', 'file line text change start end new')


def tokens_of(source):
    """The tokens that may be changed: no comment, no directive but the body of a #define, nothing in inline assembly."""
    found, at, body_end = [], 0, len(source)
    while at < len(source):
        if at >= body_end:
            found.append(Token('boundary', '', at, at))
            body_end = len(source)
        match = TOKEN.match(source, at)
        if match is None:  # a stray character, as in a directive's text
            at += 1
            continue
        kind, at = match.lastgroup, match.end()
        if kind == 'operator' and match.group() == '#' and not source[source.rfind('\n', 0, match.start()) + 1:match.start()].strip():
            line = re.compile(r'[^\n]*?(?:\\\n[^\n]*?)*(?=\n|\Z)', re.DOTALL).match(source, match.start())
            define = re.match(r'#\s*define\s+\w+(\([^)]*\))?', line.group())
            found.append(Token('boundary', '', at, at))
            at, body_end = match.start() + define.end() if define else line.end(), line.end()
            continue
        if kind == 'name' and match.group() == '__asm__':
            depth, at = 0, source.index('(', at)
            while True:
                inner = TOKEN.match(source, at)
                at = inner.end() if inner else at + 1
                depth += {'(': 1, ')': -1}.get(inner.group(), 0) if inner else 0
                if depth == 0:
                    break
            found.append(Token('name', '__asm__', match.start(), at))
            continue
        if kind not in ('space', 'comment'):
            found.append(Token(kind, match.group(), match.start(), match.end()))
    return found


def constant(text, step):
    digits = text.rstrip('uUlL')
    value = int(digits, 16 if digits[:2] in ('0x', '0X') else 10) + step
    return None if value < 0 else (hex(value) if digits[:2] in ('0x', '0X') else str(value)) + text[len(digits):]


def closing(tokens, i):
    """The index of what closes the bracket at i."""
    depth = 0
    for j in range(i, len(tokens)):
        depth += {'(': 1, ')': -1}.get(tokens[j].text, 0) if tokens[j].kind == 'operator' else 0
        if depth == 0:
            return j
    return None


def statements(tokens):
    """(first, last) of each statement that ends with a semicolon, which is last."""
    start, controls, heads = 0, set(), []
    for i, token in enumerate(tokens):
        if token.kind == 'name' and token.text in ('if', 'while', 'for', 'switch') and tokens[i + 1].text == '(':
            start, end = None, closing(tokens, i + 1)
            controls.add(end)
            heads.append((i, end))
        elif token.text in ('{', '}', 'else', 'do', '') or i in controls:
            start = i + 1
        elif token.text == ';' and not any(first < i < last for first, last in heads):
            if start is not None and start < i:
                yield start, i
            start = i + 1


def changes(tokens, source, table):
    """(start, end, new text, description) of every change."""
    for i, token in enumerate(tokens):
        text, before = token.text, tokens[i - 1].text if i else ';'
        after = tokens[i + 1].text if i + 1 < len(tokens) else ';'
        if token.kind == 'number':
            for step in (1,) if table else (1, -1):
                new = constant(text, step)
                if new is not None:
                    yield token.start, token.end, new
        elif token.kind == 'char' and len(text) == 3:
            yield token.start, token.end, "'%c'" % (ord(text[1]) + 1)
        elif token.kind == 'operator':
            if text in ('~', '!'):
                yield token.start, token.end, ''
            elif text in ('++', '--') or (text.endswith('=') and text in REPLACE):
                yield token.start, token.end, REPLACE[text]
            elif text in RELATION:
                for new in RELATION[text]:
                    yield token.start, token.end, new
            elif text == '?':
                yield token.start, token.end, '== 0 ?'
            elif text in REPLACE:
                unary = before in UNARY_AFTER
                pointer = text == '*' and (TYPE.match(before) or after in ('const', ')', ',', '*'))
                if not pointer and not (unary and text in '*&+'):
                    yield token.start, token.end, REPLACE[text]
        elif token.kind == 'name' and text == 'if' and after == '(':
            end = closing(tokens, i + 1)
            if end is not None and not any(t.text in COMPARES for t in tokens[i + 1:end]):
                yield tokens[i + 1].start, tokens[end].end, '(!%s)' % source[tokens[i + 1].start:tokens[end].end]
    for first, last in statements(tokens):
        head, then = tokens[first], tokens[first + 1]
        declares = head.kind == 'name' and (head.text in DECLARES or then.kind == 'name' or then.text == '*')
        if head.kind == 'string' or declares or head.text == 'MOTE_DECLASSIFY' or ':' in (head.text, then.text):
            continue
        yield head.start, tokens[last].start, '' if head.text != 'break' else '(void)0'


def short(text):
    return re.sub(r'\s*\\?\n\s*', ' ', text)


def mutants_of(name, source, table=False):
    lines = source.split('\n')
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    seen_text, ordinal = collections.Counter(), []
    for line in lines:
        stripped = line.strip().rstrip('\\').strip()
        seen_text[stripped] += 1
        ordinal.append(stripped if seen_text[stripped] == 1 else '%s #%d' % (stripped, seen_text[stripped]))
    seen, line = collections.Counter(), 0
    for start, end, new in sorted(changes(tokens_of(source), source, table)):
        while line + 1 < len(starts) and starts[line + 1] <= start:
            line += 1
        old = source[start:end]
        change = '%s => %s' % (short(old), short(new)) if new not in ('', '(void)0') else 'without %s' % short(old)
        seen[line, change] += 1
        if seen[line, change] > 1:
            change += ' #%d' % seen[line, change]
        yield Mutant(name, line + 1, ordinal[line], change, start, end, new)
