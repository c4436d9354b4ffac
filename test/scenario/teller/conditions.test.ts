import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import { storyOf } from './story-lines.ts';
import { play, scenarioOf, type Tiny } from './tiny-cluster.ts';

const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'web',
    namespace: 'default',
    labels: { app: 'web', tier: 'front' },
    creationTimestamp: '2025-01-01T00:00:00Z',
  },
  spec: {
    replicas: 3,
    template: { spec: { containers: [{ name: 'c', resources: { limits: { memory: '512Mi' } } }] } },
  },
  status: { availableReplicas: 2 },
} as unknown as KubeObject;

const EVENT = {
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: 'web.1', namespace: 'default' },
  type: 'Warning',
  reason: 'BackOff',
  message: 'Back-off restarting failed container',
  count: 3,
  source: { component: 'kubelet' },
  involvedObject: { kind: 'Pod', name: 'web', namespace: 'default' },
} as unknown as KubeObject;

const TINY: Tiny = {
  happenings: [
    [100, 'deployments.apps', DEPLOYMENT],
    [200, 'events', EVENT],
  ],
  behaviours: {
    'echo web': { exitCode: 0, stdout: 'one\ntwo\nthree\n' },
    'kubectl get deployment web -o json': {
      exitCode: 0,
      stdout: '{"status":{"availableReplicas":2},"memory":"1Gi","at":"2025-01-01T00:00:30Z"}',
    },
    false: { exitCode: 3, stderr: 'no\n' },
  },
};

const STEPS = `
  - run: echo web
    capture: { text: output, second: { line: /tw./ } }
  - wait: 1s
  - run: kubectl get deployment web -o json
    capture:
      before: { jsonpath: "{.status.availableReplicas}" }
      replicas: { jsonpath: "{.spec.replicas}", resource: { kind: Deployment, metadata: { name: web } } }
      at: { jsonpath: "{.at}" }
  - run: "false"
    capture: { code: exitCode }
    expect: { exitCode: 3 }
`;

/** Why an expectation at the end of the steps was missed; undefined where it was met. */
function whyMissed(expectation: string): string | undefined {
  const log = play(scenarioOf(`steps: ${STEPS}  - expect: ${expectation}\n`), TINY);
  const missed = storyOf(log).find((line) => line.includes(' missed '));
  return missed?.slice(missed.indexOf(' | ') + 3);
}

const WEB = 'resource: { kind: Deployment, metadata: { name: web } }';
const MEMORY = '{.spec.template.spec.containers[0].resources.limits.memory}';

describe.each`
  says                                   | expectation                                                                                                                                                        | why
  ${'a field as kubectl prints it'}      | ${`{ ${WEB}, jsonpath: { "{.status.availableReplicas}": 2 } }`}                                                                                                    | ${undefined}
  ${'a field that is otherwise'}         | ${`{ ${WEB}, jsonpath: { "{.status.availableReplicas}": { gte: 3 } } }`}                                                                                           | ${'Deployment default/web: {.status.availableReplicas} is 2, wanted >= 3'}
  ${'a field that is not there'}         | ${`{ ${WEB}, jsonpath: { "{.status.x}": "y" } }`}                                                                                                                  | ${'Deployment default/web: {.status.x} is nothing, wanted "y"'}
  ${'that it is not there'}              | ${`{ ${WEB}, jsonpath: { "{.status.x}": { absent: true } } }`}                                                                                                     | ${undefined}
  ${'a quantity in another unit'}        | ${`{ ${WEB}, jsonpath: { "${MEMORY}": 0.5Gi } }`}                                                                                                                  | ${undefined}
  ${'a quantity that is too small'}      | ${`{ ${WEB}, jsonpath: { "${MEMORY}": { gt: 1Gi } } }`}                                                                                                            | ${`Deployment default/web: ${MEMORY} is 512Mi, wanted > "1Gi"`}
  ${'a time that is later'}              | ${`{ ${WEB}, jsonpath: { "{.metadata.creationTimestamp}": { lt: "\${at}" } } }`}                                                                                   | ${undefined}
  ${'a time that is not'}                | ${`{ ${WEB}, jsonpath: { "{.metadata.creationTimestamp}": { gt: "\${at}" } } }`}                                                                                   | ${'Deployment default/web: {.metadata.creationTimestamp} is "2025-01-01T00:00:00Z", wanted > "2025-01-01T00:00:30Z"'}
  ${'between two'}                       | ${`{ ${WEB}, jsonpath: { "{.spec.replicas}": { between: [1, 2] } } }`}                                                                                             | ${'Deployment default/web: {.spec.replicas} is 3, wanted between 1 and 2'}
  ${'more than it was'}                  | ${`{ ${WEB}, jsonpath: { "{.spec.replicas}": { grown: { since: "\${before}", by: 1 } } } }`}                                                                       | ${undefined}
  ${'not so much more than it was'}      | ${`{ ${WEB}, jsonpath: { "{.spec.replicas}": { grown: { since: "\${before}", by: { gte: 2 } } } } }`}                                                              | ${'Deployment default/web: {.spec.replicas} is 3, wanted to be more than 2 by >= 2'}
  ${'a pattern of a quantity'}           | ${'{ resource: { kind: Deployment, spec: { template: { spec: { containers: [{ resources: { limits: { memory: { lte: 1Gi } } } }] } } } } }'}                       | ${undefined}
  ${'a selector'}                        | ${'{ resource: { kind: Deployment }, selector: "tier in (front),!canary", count: 1 }'}                                                                             | ${undefined}
  ${'a selector that selects nothing'}   | ${'{ resource: { kind: Deployment }, selector: tier=back, count: { between: [1, 2] } }'}                                                                           | ${'0 of 0 Deployment objects are like that, wanted between 1 and 2'}
  ${'a count with a field'}              | ${'{ resource: { kind: Deployment }, jsonpath: { "{.spec.replicas}": { lt: 3 } }, count: 1 }'}                                                                     | ${'0 of 1 Deployment objects are like that, wanted 1; nearest: Deployment default/web: {.spec.replicas} is 3, wanted < 3'}
  ${'a field of an output'}              | ${'{ of: before, jsonpath: { "{.memory}": { gte: 1Gi } } }'}                                                                                                       | ${undefined}
  ${'a field of an output, otherwise'}   | ${'{ of: before, jsonpath: { "{.memory}": { lt: 1Gi } } }'}                                                                                                        | ${'{.memory} is 1Gi, wanted < "1Gi"'}
  ${'a field of what is no JSON'}        | ${'{ of: second, jsonpath: { "{.memory}": 1 } }'}                                                                                                                  | ${'the output is not JSON (use -o json): it is:\n  one\n  two\n  three'}
  ${'an earlier command, its output'}    | ${'{ of: second, output: { contains: [one, three], lines: 3 } }'}                                                                                                  | ${undefined}
  ${'too few lines'}                     | ${'{ of: second, output: { lines: { gt: 3 } } }'}                                                                                                                  | ${'the output was wanted a number of lines > 3, and found 3 lines in:\n  one\n  two\n  three'}
  ${'lines in their order'}              | ${'{ of: second, output: { order: [one, three] } }'}                                                                                                               | ${undefined}
  ${'lines in another order'}            | ${'{ of: second, output: { order: [three, one] } }'}                                                                                                               | ${'the output was wanted to have in this order "three", "one", and found no line with "one" after the line with "three" in:\n  one\n  two\n  three'}
  ${'an earlier command, its exit code'} | ${'{ of: second, exitCode: 0 }'}                                                                                                                                   | ${undefined}
  ${'an earlier exit code, otherwise'}   | ${'{ of: code, exitCode: 0 }'}                                                                                                                                     | ${'wanted exit code 0, and it is 3:\n  no'}
  ${'what was captured'}                 | ${'{ captured: { code: 3, second: two, text: { contains: three }, replicas: { gt: 2 } } }'}                                                                        | ${undefined}
  ${'what was captured, otherwise'}      | ${'{ captured: { replicas: { lt: 3 } } }'}                                                                                                                         | ${'replicas is 3, wanted < 3'}
  ${'an Event with all that it says'}    | ${'{ event: { reason: BackOff, type: Warning, object: { kind: Pod, name: web }, message: { matches: "^Back-off" }, from: kubelet, count: { between: [2, 5] } } }'} | ${undefined}
  ${'an Event of somebody else'}         | ${'{ event: { reason: BackOff, from: scheduler } }'}                                                                                                               | ${'it happened 0 times, wanted >= 1; nearest: BackOff of Pod/web (Back-off restarting failed container): it is from kubelet, wanted scheduler'}
  ${'an Event that happened too often'}  | ${'{ event: { reason: BackOff, count: { lt: 3 } } }'}                                                                                                              | ${'it happened 3 times, wanted < 3'}
  ${'logs of no pod'}                    | ${'{ logs: { selector: app=web, contains: x } }'}                                                                                                                  | ${'matched nothing: -l app=web selects no Pod in namespace default'}
`('an expectation of $says', ({ expectation, why }: { expectation: string; why: string | undefined }) => {
  test(why === undefined ? 'is met' : 'is missed, and says why', () => {
    expect(whyMissed(expectation)).toBe(why);
  });
});
