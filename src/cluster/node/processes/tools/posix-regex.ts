/**
 * A POSIX expression as a JavaScript one. Basic expressions have `\(`, `\{` and `\|` as operators where extended
 * ones have them plain. Undefined where it is no expression.
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
    const char = text[at] ?? '';
    if (char === '[') {
      const set = bracket(text, at);
      if (set) {
        result += set.text;
        at = set.end;
        continue;
      }
      result += '\\[';
    } else if (char === '\\') {
      at += 1;
      result += escaped(text[at] ?? '\\', extended);
    } else if ('(){}|+?'.includes(char)) {
      result += extended && !isLiteralBrace(text, at) ? char : `\\${char}`;
    } else if (char === '*' && (result === '' || /(^|\()\^?$/.test(result))) {
      result += '\\*';
    } else if (char === '^' && !extended && result !== '' && !result.endsWith('(')) {
      result += '\\^';
    } else if (char === '$' && !extended && at + 1 < text.length && !text.startsWith('\\)', at + 1)) {
      result += '\\$';
    } else if (char === '/' || char === ']') {
      result += `\\${char}`;
    } else {
      result += char;
    }
  }
  return result;
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
