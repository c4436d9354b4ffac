import { describe, expect, test } from 'vitest';
import { checkCommand } from '../../../../../src/cluster/clients/command-line/check-command.ts';
import { findVerb } from '../../../../../src/cluster/clients/kubectl/find-verb.ts';
import { printHelp } from '../../../../../src/cluster/clients/kubectl/help/print-help.ts';
import type { Verb } from '../../../../../src/cluster/clients/kubectl/verb.ts';
import { VERBS } from '../../../../../src/cluster/clients/kubectl/verbs.ts';
import { typeLines } from '../../type-lines.ts';
import { askKubectl, hasKubectl } from '../print/oracle/real-kubectl.ts';

const MINOR = 33;
const PATHS = pathsBelow(VERBS, '');

function pathsBelow(verbs: readonly Verb[], above: string): readonly string[] {
  return verbs
    .filter(({ instead }) => instead === undefined)
    .flatMap(({ name, subverbs = [] }) => {
      const path = `${above} ${name}`.trim();
      return [path, ...pathsBelow(subverbs, path)];
    });
}

function helpOf(path: string): string {
  const search = findVerb(path.split(' '), VERBS);
  return 'found' in search ? printHelp(search.found, MINOR) : '';
}

function print(line: string): string {
  const [command] = typeLines([[1000, line]], { minor: MINOR }).commands;
  expect(command).toMatchObject({ stderr: '', exitCode: 0 });
  return command?.stdout ?? '';
}

describe('the help of kubectl', () => {
  test.each([
    ['kubectl scale --help', helpOf('scale')],
    ['kubectl scale -h', helpOf('scale')],
    ['kubectl scale nosuch/web -h --replicas=2', helpOf('scale')],
    ['kubectl help scale', helpOf('scale')],
    ['kubectl help rollout undo', helpOf('rollout undo')],
    ['kubectl rollout', helpOf('rollout')],
    ['kubectl help rollout', helpOf('rollout')],
    ['kubectl help', print('kubectl --help')],
    ['kubectl', print('kubectl --help')],
  ])('%s', (line, printed) => {
    expect(printed).toContain('Usage:\n  kubectl');
    expect(print(line)).toBe(printed);
  });

  test('a program in a container is asked for its own help', () => {
    const [command] = typeLines([[1000, 'kubectl exec nosuch -- ls --help']], { minor: MINOR }).commands;
    expect(command).toMatchObject({ stdout: '', exitCode: 1 });
  });

  test.each(PATHS)('tells what %s is for', (path) => {
    expect(helpOf(path)).toMatch(/^[A-Z].*\.\n\n/);
  });

  test('shows examples that can be typed', () => {
    const examples = PATHS.flatMap((path) => [...helpOf(path).matchAll(/^ {2}((?:EDITOR=.*)?kubectl .*)$/gm)])
      .map(([, line = '']) => line)
      .filter((line) => !line.includes('[options]'));
    expect(examples.length).toBeGreaterThan(60);
    const problems = examples.flatMap((line) => {
      const problem = checkCommand(line);
      return problem === undefined ? [] : [`${line}: ${problem.message}`];
    });
    expect(problems).toEqual([]);
  });

  test('tells of what is not simulated', () => {
    expect(helpOf('rollout')).not.toContain('Not simulated');
    expect(print('kubectl --help')).toMatch(/^Not simulated: .*completion/m);
  });

  test.skipIf(!hasKubectl).each(PATHS)(
    'knows all flags that a real kubectl lists for %s (KUBECTL_FOLDER)',
    async (path) => {
      const { out } = await askKubectl(MINOR, [...path.split(' '), '--help']);
      const listed = [...out.matchAll(/^ {4}(?:-\w, )?--([\w-]+)=/gm)].map(([, name = '']) => name);
      const ours = helpOf(path);
      expect(listed.filter((name) => path !== 'options' && !ours.includes(`--${name}`))).toEqual([]);
    },
  );
});
