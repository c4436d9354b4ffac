import { describe, expect, test } from 'vitest';
import { checkCommand, filesWritten } from '../../../../src/cluster/clients/command-line/check-command.ts';
import { type TypedAt, typeLines } from '../type-lines.ts';

const files = { 'notes.txt': 'one\ntwo\n', 'folder/a.txt': 'a\n' };

function typed(...lines: readonly string[]) {
  const at = lines.map((line, index): TypedAt => [1000 * (index + 1), line]);
  const { commands } = typeLines(at, { files });
  return commands.map(({ stdout, stderr, exitCode }) => ({ stdout, stderr, exitCode }));
}

const printed = (stdout: string) => ({ stdout, stderr: '', exitCode: 0 });

describe('what a line leaves behind', () => {
  test.each<readonly [string, readonly string[], string]>([
    ['a variable', ['NS=kube-system', 'kubectl get sa -n $NS -o name'], 'serviceaccount/default\n'],
    ['options in a variable', ['export do="--dry-run=client -o name"', 'k create ns x $do'], 'namespace/x\n'],
    ['a file', ['echo a > new.txt', 'cat new.txt'], 'a\n'],
    [
      'a file that grows',
      ['echo a > new.txt', 'echo b >> new.txt; echo c >>new.txt', 'cat new.txt'],
      'a\nb\nc\n',
    ],
    ['a file that is written anew', ['echo three > notes.txt', 'cat notes.txt'], 'three\n'],
    [
      'a file of what comes out of a pipe',
      ['cat notes.txt | grep two > ./new.txt', 'wc -l new.txt'],
      '1 new.txt\n',
    ],
    ['a file that was edited', ["sed -i 's/two/TWO/' notes.txt", 'cat notes.txt'], 'one\nTWO\n'],
    ['a file beside what is printed', ['echo a | tee new.txt', 'cat new.txt'], 'a\n'],
    [
      'a file that tee adds to',
      ['echo a | tee -a notes.txt | cat > other.txt', 'cat notes.txt other.txt'],
      'one\ntwo\na\na\n',
    ],
    ['a file in a folder', ['echo b > folder/b.txt', 'cat folder/*'], 'a\nb\n'],
    [
      'complaints in a file',
      ['kubectl get foo 2> err.txt', 'cat err.txt'],
      'error: the server doesn\'t have a resource type "foo"\n',
    ],
    ['both streams in a file', ['kubectl get foo &> all.txt', 'cut -c1-5 all.txt'], 'error\n'],
    [
      'a manifest that is made and applied',
      [
        'kubectl create configmap made --from-literal=a=b --dry-run=client -o yaml > cm.yaml && kubectl apply -f cm.yaml',
        "kubectl get cm made -o jsonpath='{.data.a}'",
      ],
      'b',
    ],
  ])('%s', (_what, lines, last) => {
    expect(typed(...lines).at(-1)).toEqual(printed(last));
  });

  test('a variable before a program is the program’s alone', () => {
    expect(typed('A=b echo x', 'echo "[$A]"').at(-1)).toEqual(printed('[]\n'));
  });

  test.each([
    ['echo a > nosuch/a.txt', 'bash: nosuch/a.txt: No such file or directory\n'],
    ['echo a > folder', 'bash: folder: Is a directory\n'],
    ['echo a > ../a.txt', 'bash: ../a.txt: Permission denied\n'],
  ])('%s fails', (line, stderr) => {
    expect(typed(line)).toEqual([{ stdout: '', stderr, exitCode: 1 }]);
  });
});

describe('loops', () => {
  test('wait in every round, and go on where they stood', () => {
    const [loop] = typeLines([[1000, 'for i in 1 2 3; do sleep 2; echo $i; done; echo end $i']]).commands;
    expect(loop).toMatchObject({ stdout: '1\n2\n3\nend 3\n', exitCode: 0 });
    expect(Math.floor((loop?.endedAt ?? 0) / 1000)).toBe(7);
  });

  test('keep no more for many rounds than for few', () => {
    const { log } = typeLines([
      [1000, 'A=; until echo $A | grep -q xxxxxxxxxx; do sleep 1; A=x$A; done; echo $A'],
    ]);
    const states = log.flatMap(({ event }) => (event.type === 'CommandProgressed' ? [event.state] : []));
    expect(states.length).toBeGreaterThan(10);
    for (const state of states) expect((state as { finished: object[] }).finished.length).toBeLessThan(5);
  });

  test('wait for something in the cluster', () => {
    const wait = 'until kubectl get cm late 2>/dev/null; do sleep 1; done';
    const { commands } = typeLines([
      [1000, wait],
      [5000, 'kubectl create configmap late'],
    ]);
    expect(commands[0]).toMatchObject({ exitCode: 0, stderr: '' });
    expect(commands[0]?.stdout).toMatch(/^NAME +DATA +AGE\nlate +0 +\ds\n$/);
  });

  test('that never wait are stopped', () => {
    const [outcome] = typed('while true; do true; done');
    expect(outcome).toEqual({
      stdout: '',
      stderr: 'bash: a loop went round 10000 times without waiting, and is stopped\n',
      exitCode: 1,
    });
  });
});

test('a line may name what it, or a line before it, has written', () => {
  expect(checkCommand('echo a > a.txt && cat a.txt', {})).toBeUndefined();
  expect(checkCommand('cat a.txt && echo a > a.txt', {})).toMatchObject({ code: 'missingFile' });
  const line = 'for i in 1 2; do kubectl get pods -o yaml > ./pods.yaml; done 2>/dev/null || echo a >> b.txt';
  expect(filesWritten(line.replace(' 2>/dev/null', ''))).toEqual({ 'pods.yaml': '', 'b.txt': '' });
});
