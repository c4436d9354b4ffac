/**
 * The order of keys in kubectl's YAML: letters by code point, after everything that is no letter, and numbers
 * within a key by their value (`a2` before `a10`). Mirrors go-yaml v2: sorter.go keyList.
 */
export function compareYamlKeys(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  const i = left.findIndex((character, index) => index >= right.length || character !== right[index]);
  if (i < 0 || i >= right.length) return left.length - right.length;
  const [x = '', y = ''] = [left[i], right[i]];
  if (isLetter(x) || isLetter(y)) {
    if (isLetter(x) && isLetter(y)) return codePoint(x) - codePoint(y);
    return isLetter(y) ? -1 : 1;
  }
  // A zero behind other digits counts, so that 10 comes after 1.
  const lead = (x === '0' || y === '0') && hasNonZeroBefore(left, i) ? '1' : '';
  const [leftDigits, rightDigits] = [digitsFrom(left, i), digitsFrom(right, i)];
  const [leftNumber, rightNumber] = [BigInt(lead + leftDigits), BigInt(lead + rightDigits)];
  if (leftNumber !== rightNumber) return leftNumber < rightNumber ? -1 : 1;
  if (leftDigits.length !== rightDigits.length) return leftDigits.length - rightDigits.length;
  return codePoint(x) - codePoint(y);
}

function hasNonZeroBefore(characters: readonly string[], end: number): boolean {
  let i = end - 1;
  while (i >= 0 && characters[i] === '0') i -= 1;
  return i >= 0 && isDigit(characters[i] ?? '');
}

function digitsFrom(characters: readonly string[], start: number): string {
  let end = start;
  while (end < characters.length && isDigit(characters[end] ?? '')) end += 1;
  return characters.slice(start, end).join('');
}

function isDigit(character: string): boolean {
  return /^\d$/.test(character);
}

function isLetter(character: string): boolean {
  return /^\p{L}$/u.test(character);
}

function codePoint(character: string): number {
  return character.codePointAt(0) ?? 0;
}
