/** How `read` takes a line apart: one field a name, the last name has all that is left. */
export function splitRead(line: string, how: { names: number; ifs: string; raw: boolean }): string[] {
  const chars = charsOf(line, how.raw);
  const isSeparator = (at: number): boolean => {
    const char = chars[at];
    return char !== undefined && !char.quoted && how.ifs.includes(char.text);
  };
  const isSpace = (at: number): boolean => isSeparator(at) && /[ \t\n]/.test(chars[at]?.text ?? '');
  let at = 0;
  while (isSpace(at)) at += 1;
  const values: string[] = [];
  while (values.length < how.names - 1 && at < chars.length) {
    const from = at;
    while (at < chars.length && !isSeparator(at)) at += 1;
    values.push(textOf(chars.slice(from, at)));
    while (isSpace(at)) at += 1;
    if (isSeparator(at)) at += 1;
    while (isSpace(at)) at += 1;
  }
  let end = chars.length;
  while (end > at && isSpace(end - 1)) end -= 1;
  // A single separator that is not white space ends the last field and does not belong to it.
  const rest = chars.slice(at, end);
  const others = rest.filter((_, index) => isSeparator(at + index) && !isSpace(at + index)).length;
  if (others === 1 && isSeparator(end - 1) && !isSpace(end - 1)) rest.pop();
  values.push(textOf(rest));
  return values;
}

interface ReadChar {
  readonly text: string;
  readonly quoted: boolean;
}

/** A backslash quotes the next character, and with a newline after it joins two lines. */
function charsOf(line: string, raw: boolean): ReadChar[] {
  const chars: ReadChar[] = [];
  for (let at = 0; at < line.length; at += 1) {
    const isQuoting = !raw && line[at] === '\\';
    if (isQuoting) at += 1;
    const text = line[at] ?? '';
    if (!(isQuoting && (text === '\n' || text === ''))) chars.push({ text, quoted: isQuoting });
  }
  return chars;
}

const textOf = (chars: readonly ReadChar[]): string => chars.map((char) => char.text).join('');
