/**
 * A POSIX expression as a JavaScript one. Basic expressions have `\(`, `\{` and `\|` as operators where
 * extended ones have them plain. Undefined where it is no expression.
 */
export function posixRegex(
  text: string,
  how: { readonly extended: boolean; readonly ignoreCase?: boolean; readonly global?: boolean },
): RegExp | undefined {
  try {
    return new RegExp(translate(text, how.extended), `${how.ignoreCase ? 'i' : ''}${how.global ? 'g' : ''}u`);
  } catch {
    return undefined;
  }
}

const CLASSES: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  blank: ' \\t',
  digit: '0-9',
  lower: 'a-z',
  upper: 'A-Z',
  punct: '!-\\/:-@\\[-`\\{-~',
  space: '\\s',
  xdigit: '0-9A-Fa-f',
  cntrl: '\\x00-\\x1f',
  print: ' -~',
  graph: '!-~',
};

function translate(text: string, extended: boolean): string {
  let result = '';
  for (let at = 0; at < text.length; at += 1) {
    const set = text[at] === '[' ? bracket(text, at) : undefined;
    if (set) {
      result += set.text;
      at = set.end;
    } else if (text[at] === '\\') {
      at += 1;
      result += escaped(text[at] ?? '\\', extended);
    } else result += plain(text, at, { before: result, extended });
  }
  return result;
}

/** A character that no backslash stands before: an operator where it is one, else itself. */
function plain(
  text: string,
  at: number,
  { before, extended }: { before: string; extended: boolean },
): string {
  const char = text[at] ?? '';
  const quoted = `\\${char}`;
  switch (char) {
    case '(':
    case ')':
    case '{':
    case '}':
    case '|':
    case '+':
    case '?':
      return extended && !isLiteralBrace(text, at) ? char : quoted;
    case '*':
      return before === '' || /(^|\()\^?$/.test(before) ? quoted : char;
    case '^':
      return !extended && before !== '' && !before.endsWith('(') ? quoted : char;
    case '$':
      return !extended && at + 1 < text.length && !text.startsWith('\\)', at + 1) ? quoted : char;
    case '[':
    case ']':
    case '/':
      return quoted;
    default:
      return char;
  }
}

/** In an extended expression a brace that is no count stands for itself. */
function isLiteralBrace(text: string, at: number): boolean {
  if (text[at] === '{') return !/^\{\d+(,\d*)?\}/.test(text.slice(at));
  return text[at] === '}' && !/\{\d+(,\d*)?$/.test(text.slice(0, at));
}

function escaped(char: string, extended: boolean): string {
  if (/[0-9wWsSbBn]/.test(char)) return `\\${char}`;
  if (char === 't') return '\\t';
  if (char === '<' || char === '>') return '\\b';
  if (!extended && '(){}|+?'.includes(char)) return char;
  return /[\^$.*+?()[\]{}|\\/]/.test(char) ? `\\${char}` : char;
}

function bracket(text: string, start: number): { text: string; end: number } | undefined {
  let at = start + 1;
  let result = '[';
  if (text[at] === '^') {
    result += '^';
    at += 1;
  }
  for (const first = at; at < text.length; at += 1) {
    const char = text[at] ?? '';
    const named = /^\[:([a-z]+):\]/.exec(text.slice(at));
    if (named) {
      result += CLASSES[named[1] ?? ''] ?? '';
      at += named[0].length - 1;
    } else if (char === ']' && at > first) {
      return { text: `${result}]`, end: at };
    } else if (char === '\\' && /[nt]/.test(text[at + 1] ?? '')) {
      result += `\\${text[at + 1] ?? ''}`;
      at += 1;
    } else if (char === '-' && (at === first || text[at + 1] === ']')) {
      result += '\\-';
    } else {
      result +=
        /[\\\][^{}()|/&~!`:;<>=@,#%'".*+?$]/.test(char) && /[\\\][^/(){}|*+?.$]/.test(char)
          ? `\\${char}`
          : char;
    }
  }
  return undefined;
}
