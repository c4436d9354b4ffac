/**
 * Wraps comments that run over the last column, as the formatter wraps only code. Words that do not fit move
 * to the next line of their paragraph.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const COLUMNS = 110;

/** @param {readonly string[]} files changed in place */
export function wrapComments(files) {
  for (const file of files) {
    const before = readFileSync(file, 'utf8');
    const after = wrapText(before);
    if (after !== before) writeFileSync(file, after);
  }
}

/** @param {string} text of a source file @returns {string} */
export function wrapText(text) {
  const wrapped = [];
  const rest = text.split('\n');
  for (let line = rest.shift(); line !== undefined; line = rest.shift()) {
    const whole = /^(\s*)\/\*\* (.*) \*\/$/.exec(line);
    if (fits(line)) wrapped.push(line);
    else if (whole) rest.unshift(`${whole[1]}/**`, `${whole[1]} * ${whole[2]}`, `${whole[1]} */`);
    else wrapped.push(breakLine(line, rest));
  }
  return wrapped.join('\n');
}

const fits = (/** @type {string} */ line) => [...line].length <= COLUMNS;

/**
 * The part of a comment's line that fits; its other words go to the front of the lines that follow.
 *
 * @param {string} line
 * @param {string[]} following
 */
function breakLine(line, following) {
  const [, start = '', bullet = '', words] = /^(\s*(?:\/\/|\*) *)((?:[-*]|\d+\.) +)?(.*)$/.exec(line) ?? [];
  if (words === undefined) return line;
  const indent = start + ' '.repeat(bullet.length);
  const cut = words.lastIndexOf(' ', COLUMNS - indent.length);
  if (cut < 1) return line;
  const moved = words.slice(cut + 1);
  const next = following[0] ?? '';
  if (continues(next, indent)) following[0] = `${indent}${moved} ${next.slice(indent.length)}`;
  else following.unshift(indent + moved);
  return start + bullet + words.slice(0, cut);
}

/** Does the line go on with the paragraph, and not begin a new one, a list, a tag or an example? */
const continues = (/** @type {string} */ line, /** @type {string} */ indent) =>
  line.startsWith(indent) &&
  /^[^\s\-*@`|#/]/.test(line.slice(indent.length)) &&
  !/^\d+\./.test(line.slice(indent.length));
