import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type CurriculumRow, curriculum, lineWritten, typesLine } from '../../src/cli/curriculum.ts';
import { bundledScenario, scenarioNames } from '../support/play-scenario.ts';

const { rows } = curriculum();
const scenarios = scenarioNames.map((name) => bundledScenario(name));
const numbers = rows.map(({ row }) => row);

describe('what is to be learned', () => {
  test('has a number each, in order', () => {
    expect(numbers).toEqual(rows.map((_, index) => index + 1));
    for (const { concept } of rows) expect(Object.keys(concept)).toEqual(['en', 'ko']);
  });

  test.each(scenarios)('$name plays rows that there are', ({ curriculum: played }) => {
    expect(played).not.toEqual([]);
    expect(played.filter((row) => !numbers.includes(row))).toEqual([]);
    expect(played).toEqual([...new Set(played)].toSorted((a, b) => a - b));
  });

  test.each(rows.map(withScenarios))('$row, $concept.en, is played by $playing', ({ playing }) => {
    expect(playing).not.toEqual('');
  });
});

function withScenarios(row: CurriculumRow): CurriculumRow & { readonly playing: string } {
  const playing = scenarios.filter((scenario) => scenario.curriculum.includes(row.row));
  return { ...row, playing: playing.map(({ name }) => name).join(', ') };
}

/** The lines that were typed where a scenario was played, as its transcript shows them. */
const snapshots = new URL('../../snapshots/', import.meta.url);
const transcripts = readdirSync(snapshots).filter((file) => file.endsWith('.en.txt'));
const typed: readonly string[] = transcripts.flatMap((file) => {
  const transcript = readFileSync(new URL(encodeURIComponent(file), snapshots), 'utf8');
  return [...transcript.matchAll(/^(?:\S*[$#] )(.+)$/gm)].map(([, line = '']) => line.replace(/ &$/, ''));
});

const lines = rows.flatMap(({ row, commands }) =>
  commands.map((line) => {
    const names = scenarios.filter((scenario) => typesLine(scenario, line)).map(({ name }) => name);
    return { row, line, names: names.join(', ') };
  }),
);

describe('a line that goes with it runs as typed', () => {
  test.each(lines)('$row: $line in $names', ({ line, names }) => {
    expect(names).not.toEqual('');
    expect(typed.filter((each) => lineWritten(line).test(each))).not.toEqual([]);
  });
});

describe('a line of the curriculum stands for', () => {
  test.each([
    ['kubectl get pods', 'kubectl get pods', true],
    ['kubectl get pods', 'kubectl get pods | head', false],
    ['kubectl delete pod …', 'kubectl delete pod $(kubectl get pods -o name | head -1)', true],
    ['kubectl delete pod …', 'kubectl delete pod', false],
    ['curl -s http://<service>:<port>', 'curl -s http://sample-clusterip:8080', true],
    ['curl -s http://<service>:<port>', 'curl -s http://sample-clusterip', false],
    ['kubeadm upgrade apply v1.X.X', 'kubeadm upgrade apply v1.36.0', true],
    ['kubeadm upgrade apply v1.X.X', 'kubeadm upgrade apply v1.36', false],
    ["kubectl get pods … -o jsonpath='{.a}'", "kubectl get pods web -o jsonpath='{.a}'", true],
    ["kubectl get pods … -o jsonpath='{.a}'", "kubectl get pods web -o jsonpath='{xa}'", false],
  ])('%s: %s (%s)', (line, given, isMeant) => {
    expect(lineWritten(line).test(given)).toBe(isMeant);
  });
});

/** The notes that the table was made from lie beside the project, or they don't. */
const NOTES = new URL('../../../shared/curriculum.md', import.meta.url);

describe.skipIf(!existsSync(NOTES))('the table and the notes beside the project agree', () => {
  const noted = existsSync(NOTES) ? notedRows(readFileSync(NOTES, 'utf8')) : [];

  test.each(noted)('on the lines of row $row', ({ row, commands }) => {
    const ours = rows.find((each) => each.row === row)?.commands.map(shortest);
    expect(ours).toEqual(expect.arrayContaining(commands.map(shortest)));
  });

  test('on how many rows there are', () => {
    expect(noted.map(({ row }) => row)).toEqual(numbers);
  });
});

/** `kubectl run` with nothing behind it means any use of it. */
function shortest(line: string): string {
  return line.replace(/ …$/, '');
}

/** The notes' own shorthand, taken apart: `a|b`, `[…]`, and a line that begins as the one before does. */
function notedRows(text: string): readonly Pick<CurriculumRow, 'row' | 'commands'>[] {
  const found = [...text.matchAll(/^\| (\d+) \|(?:[^|`]|`[^`]*`)*\|(?:[^|`]|`[^`]*`)*\|(.*)\|$/gm)];
  return found.map(([, row, cell = '']) => {
    const commands: string[] = [];
    for (const [, written = '', remark = ''] of cell.matchAll(/`([^`]+)`(?: \(([^`)]*)\))?/g)) {
      const before = commands.at(-1) ?? '';
      const whole = written.replace(/^… /, `${before.slice(0, before.lastIndexOf('…') + 1)} `);
      commands.push(...alternatives(whole.replaceAll('\\|', '|')));
      if (remark === 'also with the verb quoted') commands.push(whole.replace('set', '"set"'));
    }
    return { row: Number(row), commands };
  });
}

function alternatives(line: string): readonly string[] {
  const optional = / \[(.*)\]/.exec(line);
  if (optional) return [line.replace(optional[0], ''), line.replace(optional[0], ` ${optional[1]}`)];
  const either = /\b(\w+)\|(\w+)\b/.exec(line);
  return either ? [1, 2].map((side) => line.replace(either[0], either[side] ?? '')) : [line];
}
