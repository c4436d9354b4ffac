import { describe, expect, test } from 'vitest';
import { typeInCluster } from '../type-in-cluster.ts';

// What is piped to kubectl reaches the program in the container, and ends there.
const NO_TTY = 'Unable to use a TTY - input is not a terminal or the right kind of file\n';
const POD = `apiVersion: v1
kind: Pod
metadata: { name: reads }
spec:
  restartPolicy: Never
  containers: [{ name: reads, image: busybox, stdin: true, stdinOnce: true, command: [sh, -c, 'sleep 1; cat'] }]
`;

const LINES: readonly (readonly [line: string, stdout: string, stderr?: string, exitCode?: number])[] = [
  ['echo hi | kubectl exec -i shell -- cat', 'hi\n'],
  ['kubectl exec -i shell -- wc -l < notes.txt', '2\n'],
  ['kubectl exec -i shell -- sh <<< "echo in; exit 3"', 'in\n', 'command terminated with exit code 3\n', 3],
  ['echo hi | kubectl exec -i shell -- true', ''],
  ['echo hi | kubectl exec -i shell -- sh -c "sleep 2; cat; sleep 2; echo over"', 'hi\nover\n'],
  ['cat notes.txt | kubectl exec -i shell -- sh -c "cat > /tmp/kept"', ''],
  ['kubectl exec shell -- cat /tmp/kept', 'one\ntwo\n'],
  ['echo hi | kubectl exec shell -- cat', ''],
  ['kubectl exec -i shell -- cat', ''],
  ['echo hi | kubectl exec -it shell -- cat', 'hi\n', NO_TTY],
  [
    'echo hi | kubectl run once --rm -i -q --restart=Never --image=busybox -- cat',
    'hi\npod "once" deleted from default namespace\n',
  ],
  ['echo hi | kubectl attach -i reads', 'hi\n'],
];

describe('what is piped to kubectl', () => {
  const { commands } = typeInCluster(
    [
      [1000, 'kubectl run shell --image=busybox -- sleep 1d'],
      [2000, 'kubectl apply -f reads.yaml'],
      ...LINES.map(([line], index) => [20_000 + 20_000 * index, line] as const),
    ],
    { files: { 'reads.yaml': POD, 'notes.txt': 'one\ntwo\n' }, until: 400_000 },
  );

  test.each(LINES.map((each, index) => [...each.slice(0, 1), index] as [string, number]))(
    '%s',
    (line, index) => {
      const [, stdout, stderr = '', exitCode = 0] = LINES[index] ?? ['', ''];
      expect(commands[index + 2]).toMatchObject({ line, stdout, stderr, exitCode });
    },
  );
});
