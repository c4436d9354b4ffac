import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkCommand } from '../../../../src/cluster/clients/command-line/check-command.ts';
import type { CommandProblemCode } from '../../../../src/cluster/clients/command-line/command-problem.ts';
import type { Files } from '../../../../src/cluster/clients/files.ts';
import { SHELL_LINES } from './shell-lines.ts';

const files: Files = { 'pod.yaml': 'kind: Pod', 'd/a.yaml': 'kind: Pod', 'notes.txt': 'notes' };

type Case = readonly [line: string, code: CommandProblemCode, at: string, hint?: string];

const REFUSED: readonly Case[] = [
  ['emacs pod.yaml', 'unknownProgram', 'emacs'],
  ['vim pod.yaml', 'notSimulated', 'pod.yaml'],
  ['kubctl get pods', 'unknownProgram', 'kubctl', 'did you mean kubectl?'],
  ["alias kg='kubectl get'", 'notSimulated', "kg='kubectl get'"],
  ['sudo hostname', 'unknownProgram', 'hostname'],
  ['kubectl get pods | hed -1', 'unknownProgram', 'hed', 'did you mean head?'],
  ['echo a; echo $(docker ps)', 'unknownProgram', 'docker'],
  ['kubectl gte pods', 'unknownCommand', 'gte', 'did you mean kubectl get?'],
  ['kubectl -n x gte pods', 'unknownCommand', 'gte', 'did you mean kubectl get?'],
  ['kubectl rollout statsu deploy/web', 'unknownCommand', 'statsu', 'did you mean kubectl rollout status?'],
  ['kubectl create deploymnt x', 'unknownCommand', 'deploymnt', 'did you mean kubectl create deployment?'],
  ['kubectl rollout', 'unknownCommand', 'rollout', 'it has history, pause, restart, resume, status, undo'],
  ['kubectl get pods --wacth', 'unknownFlag', '--wacth', 'did you mean --watch?'],
  ['kubectl get pods -Z', 'unknownFlag', '-Z'],
  ['kubectl get pods --namespace', 'badFlag', '--namespace'],
  ['kubectl get pods --watch=maybe', 'badFlag', '--watch=maybe'],
  ['kubectl scale deploy web --replicas=two', 'badFlag', '--replicas=two'],
  ['kubectl kuberc view', 'notSimulated', 'kuberc'],
  ['kubectl config set-cluster a --proxy-url=b', 'notSimulated', '--proxy-url=b'],
  ['kubectl get pods --profile=cpu', 'notSimulated', '--profile=cpu'],
  ['kubectl completion -h', 'notSimulated', 'completion'],
  ['openssl s_server -accept 1', 'notSimulated', 's_server'],
  ['kubectl help kuberc', 'notSimulated', 'kuberc'],
  ['kubectl help gte', 'unknownCommand', 'gte', 'did you mean kubectl get?'],
  ['kubectl get pods -o kyaml', 'notSimulated', '-o', 'use -o yaml'],
  ['kubectl apply -k nosuch', 'missingFile', 'nosuch'],
  ['kubectl kustomize d --enable-helm', 'notSimulated', '--enable-helm'],
  ['kubectl exec -it web -- /bin/bash', 'notSimulated', '/bin/bash'],
  ['kubectl run x --image=busybox -it --rm -- sh', 'notSimulated', 'sh'],
  ['kubectl apply -f pods.yaml', 'missingFile', 'pods.yaml', 'did you mean pod.yaml?'],
  ['kubectl apply -f pod.yaml -f other.yaml', 'missingFile', 'other.yaml'],
  ['kubectl apply -f ../secret.yaml', 'outsideFolder', '../secret.yaml'],
  ['kubectl apply -f d/../../secret.yaml', 'outsideFolder', 'd/../../secret.yaml'],
  ['kubectl apply -f /etc/passwd', 'outsideFolder', '/etc/passwd'],
  ['kubectl apply -f https://example.com/a.yaml', 'missingFile', 'https://example.com/a.yaml'],
  ['cat nots.txt', 'missingFile', 'nots.txt', 'did you mean notes.txt?'],
  ['grep -P x notes.txt', 'notSimulated', '-P'],
  ['sort -k1.2 notes.txt', 'notSimulated', '-k1.2'],
  ["awk '{system(1)}' notes.txt", 'notSimulated', "'{system(1)}'"],
  ['(kubectl get pods &)', 'notSimulated', '(kubectl get pods &)'],
  ['for i in 1 2; do echo $i; done | sort', 'notSimulated', 'for i in 1 2; do echo $i; done'],
  ['for i in 1 2; do kubctl get pods; done', 'unknownProgram', 'kubctl', 'did you mean kubectl?'],
  ['if docker ps; then true; fi', 'unknownProgram', 'docker'],
  ['while true; do kubectl gte pods; done', 'unknownCommand', 'gte', 'did you mean kubectl get?'],
  ['for i in $(docker ps); do true; done', 'unknownProgram', 'docker'],
  ['(kubectl get pods)', 'notSimulated', '(kubectl get pods)'],
  ['echo $((1+2))', 'notSimulated', '$((1+2))'],
  ['time kubectl get pods', 'notSimulated', 'time'],
  ['kubectl get pods "', 'shellSyntax', '"'],
  ['kubectl exec -i web -- sh', 'notSimulated', 'sh'],
  ['echo ls | cat; kubectl exec -it web -- sh', 'notSimulated', 'sh'],
];

const PLAYED: readonly string[] = [
  'kubectl get pods',
  'A=b kubectl get pods -l app=$A',
  '$A get pods',
  'kubectl get pods --sort-by=.metadata.name -A -w | head -3',
  'kubectl apply -f pod.yaml',
  'kubectl apply -f d -f d/',
  "kubectl apply -f 'd/*.yaml'",
  'cat pod.yaml | kubectl apply -f -',
  'kubectl apply -f $FILE',
  'kubectl exec web -- anything --at=all',
  'kubectl exec -it web -- sh -c "echo hi"',
  'kubectl run x --image=busybox -i --rm --restart=Never -- echo hi',
  'echo ls | kubectl exec -i web -- sh',
  'kubectl exec -i web -- sh < notes.txt',
  'kubectl run x -i --rm --restart=Never --image=busybox -- sh <<< ls',
  'kubectl get pods > /dev/null 2>&1',
  'kubectl get pod,svc web -o custom-columns="NAME:{metadata.name}, IP:{status.podIP}"',
];

describe('checkCommand', () => {
  const refused = REFUSED.map(([line, code, at, hint = '']) => [line, code, at, hint] as const);
  test.each(refused)('%s: %s', (line, code, at, hint) => {
    const problem = checkCommand(line, files);
    expect(problem).toMatchObject({ code, ...(hint === '' ? {} : { hint }) });
    expect(line.slice(problem?.offset, (problem?.offset ?? 0) + (problem?.length ?? 0))).toBe(at);
  });

  test.each([...PLAYED, ...SHELL_LINES.filter((line) => !line.includes('nosuch'))])(
    '%s is played',
    (line) => {
      const beside = { ...files, 'words.txt': '', 'table.txt': '', 'commas.txt': '' };
      expect(checkCommand(line, beside)).toBeUndefined();
    },
  );

  test('without files paths are not looked at', () => {
    expect(checkCommand('kubectl apply -f nosuch.yaml && cat nosuch.txt')).toBeUndefined();
  });

  test('any line is played or refused, with a place inside of it', () => {
    const word = fc.oneof(
      fc.constantFrom(
        'kubectl',
        'get',
        'pods',
        'apply',
        '-f',
        'pod.yaml',
        '-n',
        '--',
        '|',
        '&&',
        ';',
        '>',
        '<',
      ),
      fc.constantFrom('$(', ')', '`', '"', "'", '\\', '#', '&', '{', '}', '<<E', '$x', '*', '[', '!', '2>&1'),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        const line = words.join(' ');
        const problem = checkCommand(line, files);
        if (problem === undefined) return;
        expect(problem.offset).toBeGreaterThanOrEqual(0);
        expect(problem.offset + problem.length).toBeLessThanOrEqual(line.length);
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});
