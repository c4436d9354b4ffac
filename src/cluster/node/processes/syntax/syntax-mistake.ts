import type { ParsedScript } from 'unbash';

export interface SyntaxMistake {
  readonly message: string;
  readonly pos: number;
  /** Something was still open at the end of the script. */
  readonly unclosed: boolean;
}

/**
 * The first mistake that the parser found, in the words of busybox ash: `syntax error: unexpected "done"`.
 * The parser recovers and goes on, so an unclosed construct is reported after what it misses inside; ash
 * names the closing word that it wanted.
 */
export function firstMistake(script: ParsedScript, source: string): SyntaxMistake | undefined {
  const errors = script.errors ?? [];
  const isUnclosed = (error: { message: string; pos: number }): boolean =>
    /^unterminated/.test(error.message) ||
    (/to close/.test(error.message) && tokenAt(source, error.pos) === '');
  const first = errors.find(isUnclosed) ?? errors[0];
  if (!first) return undefined;
  return {
    message: inWordsOfAsh(first.message, first.pos, source),
    pos: first.pos,
    unclosed: isUnclosed(first),
  };
}

function inWordsOfAsh(message: string, pos: number, source: string): string {
  if (message.includes('nesting depth')) return `syntax error: ${message}`;
  if (message.startsWith('unterminated')) {
    if (message.includes('backtick')) return 'syntax error: EOF in backquote substitution';
    if (message.includes('substitution')) return 'syntax error: unexpected end of file (expecting ")")';
    return 'syntax error: unterminated quoted string';
  }
  const token = /^unexpected token '(.*)'$/s.exec(message)?.[1] ?? tokenAt(source, pos);
  const closing = (/^expected '(.+)' to close/.exec(message) ?? /^expected '(then|do)'/.exec(message))?.[1];
  const expecting = closing ? ` (expecting "${closing === 'esac' ? ')' : closing}")` : '';
  if (token === '') return `syntax error: unexpected end of file${expecting}`;
  return `syntax error: unexpected ${/^(newline|\n)$/.test(token) ? 'newline' : `"${token}"`}${expecting}`;
}

function tokenAt(source: string, pos: number): string {
  const rest = source
    .slice(pos)
    .replace(/^[ \t]+/, '')
    .replace(/^\s+$/, '');
  return /^(\n|;;|&&|\|\||[;&|()<>]|[^\s;&|()<>]+)/.exec(rest)?.[0] ?? '';
}
