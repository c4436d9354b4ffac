import { describe, expect, it } from 'vitest';
import { HOUR } from '../../src/kernel/time/millis.ts';
import type { Failure } from '../../src/suite/case.ts';
import { runCase } from '../../src/suite/run-case.ts';
import { scenarioOf } from '../support/play-scenario.ts';
import { scenarioText } from '../support/scenario-folder.ts';

const of = { name: 'small', path: 'my shop/scenario.yaml', tags: [] };

function run(steps: string, timeoutMs = HOUR) {
  return runCase(of, scenarioOf({ 'scenario.yaml': scenarioText(steps) }), { language: 'en', timeoutMs })
    .result;
}

const onlyFailure = (steps: string): Failure | undefined => {
  const { failures } = run(steps);
  expect(failures).toHaveLength(1);
  return failures[0];
};

const CREATED = `steps:
  - run: kubectl create configmap cm --from-literal=a=b
`;

describe('a case', () => {
  it('that passes says how long its story was', () => {
    const result = run(`${CREATED}  - wait: 2m\n`);
    expect(result).toMatchObject({ outcome: 'passed', failures: [], seed: '1', ownSeed: true });
    expect(result.virtualMs).toBeGreaterThanOrEqual(120_000);
    expect(result.virtualMs).toBeLessThan(122_000);
  });

  it('tells when a state that was missed was so for the last time, and who ended it', () => {
    const failure = onlyFailure(`${CREATED}  - run: kubectl patch configmap cm -p '{"data":{"a":"c"}}'
  - wait: 10s
  - expect: { resource: { kind: ConfigMap, metadata: { name: cm }, data: { a: b } } }
`);
    expect(failure).toMatchObject({
      kind: 'expectation',
      step: 4,
      why: 'ConfigMap default/cm: data.a is "c", wanted "b"',
    });
    expect(failure?.held).toMatchObject({ at: expect.any(Number), seq: expect.any(Number) });
    expect(failure?.causes?.join('\n')).toMatch(/data\.a b → c\n.*\$ kubectl patch configmap cm/);
    expect(failure?.open).toMatch(/^kubereel play 'my shop\/scenario.yaml' --at \d+$/);
  });

  it('tells of a state that never was so', () => {
    expect(
      onlyFailure(
        `${CREATED}  - expect: { resource: { kind: ConfigMap, metadata: { name: cm }, data: { a: z } } }\n`,
      )?.held,
    ).toBe('never');
  });

  it('does not ask since when an output was so', () => {
    const failure = onlyFailure(
      `${CREATED}  - run: kubectl get configmap cm -o name\n    expect: { output: secret }\n`,
    );
    expect(failure).not.toHaveProperty('held');
    expect(failure?.causes?.at(-1)).toContain('$ kubectl get configmap cm -o name');
  });

  it('tells until when an invariant held', () => {
    const failure = onlyFailure(`${CREATED}  - wait: 3s
  - run: kubectl delete configmap cm
  - run: kubectl create configmap cm --from-literal=a=c
always:
  - resource: { kind: ConfigMap, metadata: { name: cm }, data: { a: b } }
`);
    expect(failure?.kind).toBe('invariant');
    const { held } = failure ?? {};
    expect(typeof held === 'object' && held.at).toBeGreaterThanOrEqual(3000);
  });

  it('fails when its story has not ended in time', () => {
    const { outcome, failures, virtualMs } = run(`${CREATED}  - wait: 2m\n`, 60_000);
    expect(outcome).toBe('failed');
    expect(failures).toMatchObject([{ kind: 'timeout', what: 'the scenario ends within 1m0s' }]);
    expect(virtualMs).toBeLessThanOrEqual(60_000);
  });
});
