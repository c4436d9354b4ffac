import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildCli, kubereel } from '../support/built-cli.ts';
import { createScratch, scenarioText } from '../support/scenario-folder.ts';

const scratch = createScratch();

beforeAll(buildCli);
afterAll(() => scratch.remove());

const POD =
  'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec:\n  containers:\n    - name: web\n      image: nginx\n';
const BOMB = 'abcdef'
  .split('')
  .map(
    (name, index, names) =>
      `${name}: &${name} [${Array(9)
        .fill(index === 0 ? 'x' : `*${names[index - 1]}`)
        .join()}]\n`,
  )
  .join('');

/** The scenario's own lines begin in its fifth; places are told as a person can open them. */
const mistakes: Readonly<
  Record<string, { body: string; files?: Record<string, string>; says: string; hint?: string }>
> = {
  'a tab': {
    body: 'steps:\n\t- say: hi\n',
    says: 'scenario.yaml:6:1: error: a tab is used for indentation',
    hint: 'indent with spaces',
  },
  'an unknown key': {
    body: 'stesp:\n  - say: hi\n',
    says: 'scenario.yaml:5:1: error: unknown key "stesp"',
    hint: 'did you mean "steps"?',
  },
  'a misspelt field in a manifest': {
    body: 'steps:\n  - run: kubectl apply -f pod.yaml\n',
    files: { 'pod.yaml': `${POD}      imagePullPolcy: Always\n` },
    says: 'pod.yaml:8:7: error: unknown field "spec.containers[0].imagePullPolcy"',
    hint: 'did you mean "imagePullPolicy"?',
  },
  'a wrong type': {
    body: 'steps:\n  - wait: 35\n',
    says: 'scenario.yaml:6:11: error: ',
  },
  'a wrong type in a manifest': {
    body: 'steps:\n  - run: kubectl apply -f pod.yaml\n',
    files: { 'pod.yaml': `${POD}      ports: [{ containerPort: "80" }]\n` },
    says: 'pod.yaml:8:',
    hint: 'write the number without quotes',
  },
  'a missing file': {
    body: 'steps:\n  - run: kubectl apply -f nope.yaml\n',
    says: 'scenario.yaml:6:27: error: the file nope.yaml does not exist',
  },
  'a file above the folder': {
    body: 'steps:\n  - run: kubectl apply -f ../pod.yaml\n',
    says: "scenario.yaml:6:27: error: ../pod.yaml lies outside of the scenario's folder",
    hint: 'put the file beside the scenario',
  },
  'a file of the machine': {
    body: 'steps:\n  - run: kubectl apply -f /etc/hosts\n',
    says: "scenario.yaml:6:27: error: /etc/hosts lies outside of the scenario's folder",
    hint: 'put the file beside the scenario',
  },
  'an alias bomb': {
    body: `${BOMB}steps: *f\n`,
    says: 'scenario.yaml:',
    hint: 'write out what is meant',
  },
  'a selector that matches nothing': {
    body: 'steps:\n  - run: kubectl apply -f pod.yaml\n    expect: { resource: { kind: Pod, metadata: { name: wbe } } }\n',
    files: { 'pod.yaml': POD },
    says: 'scenario.yaml:7:56: error: ',
    hint: 'web',
  },
  'a command that is not simulated': {
    body: 'steps:\n  - run: kubectl kuberc\n',
    says: 'scenario.yaml:6:18: error: kubectl kuberc is not simulated',
  },
  'a program that is not simulated': {
    body: 'steps:\n  - run: terraform apply\n',
    says: 'scenario.yaml:6:10: error: terraform is not simulated',
    hint: 'simulated are kubectl, ',
  },
  'a key that stands twice': {
    body: 'steps:\n  - say: hi\n    say: ho\n',
    says: 'scenario.yaml:7:5: error: ',
  },
  'a bracket that is not closed': {
    body: 'steps:\n  - expect: { output: hi\n',
    says: 'scenario.yaml:',
  },
  'an anchor that is not there': {
    body: 'steps:\n  - say: *words\n',
    says: 'scenario.yaml:6:10: error: the alias *words names an anchor that is not there',
    hint: 'set &words before it',
  },
  'no steps': {
    body: 'cluster: { nodes: 2 }\n',
    says: 'scenario.yaml:1:1: error: "steps" is missing',
  },
  'a step that does nothing': {
    body: 'steps:\n  - timeout: 5s\n',
    says: 'scenario.yaml:6:5: error: nothing happens at this step',
    hint: 'give it say, run, traffic',
  },
  'two things in one step': {
    body: 'steps:\n  - run: kubectl get pods\n    wait: 5s\n',
    says: 'scenario.yaml:7:5: error: a step that runs a command cannot also wait',
    hint: 'put the wait in a step of its own',
  },
  'a duration without a unit': {
    body: 'steps:\n  - wait: "35"\n',
    says: 'scenario.yaml:6:11: error: wanted a duration such as 35s',
  },
  'a kind that there is not': {
    body: 'steps:\n  - expect: { resource: { kind: Pdo } }\n',
    says: 'scenario.yaml:6:33: error: there is no kind "Pdo"',
    hint: 'did you mean "Pod"?',
  },
  'a field that no object has': {
    body: 'steps:\n  - expect: { resource: { kind: Pod, status: { pahse: Running } } }\n',
    says: 'scenario.yaml:6:48: error: no such object has a field "pahse" here',
    hint: 'did you mean "phase"?',
  },
  'a name that was never captured': {
    body: `steps:\n  - run: kubectl delete pod \${pod}\n`,
    says: 'scenario.yaml:6:29: error: "pod" has not been captured by any step before this',
    hint: 'capture it in an earlier step',
  },
  'a regular expression that is none': {
    body: 'steps:\n  - run: kubectl get pods\n    expect: { output: { matches: "(" } }\n',
    says: 'scenario.yaml:7:34: error: this is no regular expression',
  },
  'a jsonpath that kubectl would refuse': {
    body: 'steps:\n  - expect: { resource: { kind: Pod }, jsonpath: { "{.status": 1 } }\n',
    says: 'scenario.yaml:6:52: error: this is no jsonpath: ',
    hint: 'write it as for kubectl',
  },
  'a selector that kubectl would refuse': {
    body: 'steps:\n  - expect: { resource: { kind: Pod }, selector: "app in web", count: 1 }\n',
    says: 'scenario.yaml:6:50: error: this is no selector: ',
    hint: 'write it as for kubectl -l',
  },
  'limits in the wrong order': {
    body: 'steps:\n  - expect: { resource: { kind: Node }, count: { between: [3, 1] } }\n',
    says: 'scenario.yaml:6:59: error: nothing is between these',
    hint: 'write the least first',
  },
  'a fault of a node that is not there': {
    body: 'cluster: { nodes: 2 }\nsteps:\n  - fault: { stop: kubelet, node: node-9 }\n',
    says: 'scenario.yaml:7:35: error: the cluster has no node "node-9"',
    hint: 'did you mean "node-1"?',
  },
  'what is mended that never broke': {
    body: 'steps:\n  - fault: { mend: pulls }\n',
    says: 'scenario.yaml:6:20: error: it does as it should',
    hint: 'take the step away',
  },
  'logs of nobody': {
    body: 'steps:\n  - expect: { logs: { contains: hi } }\n',
    says: 'scenario.yaml:6:15: error: it is not said of which pod',
    hint: 'write pod: NAME or selector: app=web',
  },
  'an output before any command': {
    body: 'steps:\n  - expect: { output: hi }\n',
    says: 'scenario.yaml:6:15: error: no command has been typed yet',
    hint: 'put it into the step of the command',
  },
};

/** The way from a file to its errors is the same for all commands: a few kinds show that it is. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  run: Object.keys(mistakes),
  play: Object.keys(mistakes).slice(0, 6),
};

describe.each(['run', 'play'])('kubereel %s refuses', (command) => {
  test.each(KINDS[command] ?? [])('%s', (name) => {
    const { body = '', files = {}, says = '', hint } = mistakes[name] ?? {};
    const folder = join(scratch.path, name.replaceAll(' ', '-'));
    for (const [path, text] of Object.entries({ ...files, 'scenario.yaml': scenarioText(body) })) {
      scratch.write(join(name.replaceAll(' ', '-'), path), text);
    }
    const { code, stdout, stderr } = kubereel([command, folder]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(join(folder, says));
    expect(stderr).toMatch(/^ +\d+ \| /m);
    expect(stderr).toMatch(/^ +\| +\^/m);
    if (hint !== undefined)
      expect(stderr).toMatch(new RegExp(`^  hint: .*${hint.replace(/[?"]/g, '.')}`, 'm'));
    expect(stderr).not.toMatch(/^ +at /m);
  });
});

test('a symbolic link is not followed, and the reader is told so', () => {
  const outside = scratch.write('outside.yaml', POD);
  scratch.write('linking/scenario.yaml', scenarioText('steps:\n  - run: kubectl apply -f link.yaml\n'));
  symlinkSync(outside, join(scratch.path, 'linking/link.yaml'));
  const { code, stderr } = kubereel(['run', 'linking'], { cwd: scratch.path });
  expect(code).toBe(2);
  expect(stderr).toContain('linking/scenario.yaml:6:27: error: the file link.yaml does not exist');
  expect(stderr).toContain('linking/link.yaml is a symbolic link, which is not followed');
});

test('a folder that holds far too much is refused', () => {
  scratch.write('huge/scenario.yaml', scenarioText('steps:\n  - say: hi\n'));
  for (let file = 0; file <= 500; file++) scratch.write(`huge/${file}.txt`, '');
  const { code, stderr } = kubereel(['run', 'huge'], { cwd: scratch.path });
  expect(code).toBe(2);
  expect(stderr).toContain('huge holds too much for a scenario: at most 500 files');
});
