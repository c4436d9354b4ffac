import type { Options } from '../../../tools/option-words.ts';
import { byCodeUnit } from '../files/paths.ts';
import { isOutcome, readAllInputs, waitForever } from './input.ts';
import { readOptions } from './options.ts';
import type { Tool } from './tool.ts';

const usage =
  'sort [-nrughMcszbdfiokt] [-o FILE] [-k START[.OFS][OPTS][,END[.OFS][OPTS]] [-t CHAR] [FILE]...';

export const sort: Tool = {
  usage,
  run(io) {
    const options = readOptions(io, usage, {
      letters: 'ngMucszbrdfimS:T:o:k:t:hV',
      long: { reverse: 'r', unique: 'u' },
    });
    if (!options) return 2;
    const inputs = readAllInputs(io, options.operands);
    if (isOutcome(inputs)) return inputs;
    if (inputs.some((input) => input.text === undefined)) return 2;
    if (inputs.some((input) => input.endless)) return waitForever(io, '');
    const lines = inputs.flatMap((input) => (input.text ?? '').replace(/\n$/, '').split('\n'));
    if (inputs.every((input) => input.text === '')) lines.length = 0;
    const compare = comparer(options);
    const sorted = lines.toSorted(
      (a, b) =>
        compare(a, b) ||
        (options.has('s') || options.has('u') ? 0 : byCodeUnit(a, b) * (options.has('r') ? -1 : 1)),
    );
    const shown = options.has('u')
      ? sorted.filter((line, index) => index === 0 || compare(sorted[index - 1] ?? '', line) !== 0)
      : sorted;
    const text = shown.map((line) => `${line}\n`).join('');
    const target = options.value('o');
    if (target === undefined) io.out(text);
    else
      io.files.write(io.files.resolve(target, io.task.cwd) ?? target, {
        kind: 'file',
        mode: 0o644,
        content: text,
      });
    return 0;
  },
};

type Compare = (a: string, b: string) => number;

function comparer(options: Options): Compare {
  const keys = options.values('k');
  const flags = 'ngrfbdhV'
    .split('')
    .filter((letter) => options.has(letter))
    .join('');
  const separator = options.value('t');
  const tests = (keys.length > 0 ? keys : ['']).map((key) => keyComparer(key, flags, separator));
  return (a, b) => tests.reduce((result, test) => result || test(a, b), 0);
}

function keyComparer(key: string, flags: string, separator: string | undefined): Compare {
  const found = /^(\d+)(?:\.\d+)?([a-zA-Z]*)(?:,(\d+)(?:\.\d+)?([a-zA-Z]*))?$/.exec(key);
  const own = (found?.[2] ?? '') + (found?.[4] ?? '');
  const used = own === '' ? flags : own;
  const pick = (line: string): string => {
    if (!found) return line;
    const fields = separator === undefined ? (line.match(/\s*\S+/g) ?? []) : line.split(separator);
    return fields.slice(Number(found[1]) - 1, found[3] ? Number(found[3]) : undefined).join(separator ?? '');
  };
  const sign = used.includes('r') ? -1 : 1;
  const isNumeric = /[nghV]/.test(used);
  const number = (text: string): number => Number.parseFloat(text) || 0;
  const fold = (text: string): string => (used.includes('f') ? text.toUpperCase() : text);
  return (a, b) =>
    sign * (isNumeric ? number(pick(a)) - number(pick(b)) : byCodeUnit(fold(pick(a)), fold(pick(b))));
}
