import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadScenario } from '../../../src/scenario/language/load-scenario.ts';
import { printDiagnostic } from '../../../src/scenario/language/print-diagnostic.ts';
import { HEAD, POD } from './diagnose.ts';

const WHOLE = `${HEAD}cluster:
  nodes: [{ name: node-1, cpu: 2, taints: [{ key: a, effect: NoSchedule }] }]
  latencies: { watch: [1ms, 2ms] }
images:
  app: { program: { startup: 1s, listens: [{ port: 80, protocol: http }] } }
steps:
  - say: { en: hello, ko: 안녕 }
  - run: kubectl apply -f web.yaml
    capture: { pod: { line: /web/ } }
    expect: [{ output: created }, { within: 1m, resource: &r { kind: Pod, status: { phase: Running } } }]
  - wait: { until: { resource: *r }, timeout: 1h }
always:
  - resource: { kind: Node, status: { conditions: [{ type: Ready, status: "True" }] } }
`;

/** It loads or says why not, always with a place in a file that is there. */
function expectAnAnswer(scenario: string, manifest = POD): void {
  const files = { 'scenario.yaml': scenario, 'web.yaml': manifest };
  const { scenario: loaded, diagnostics } = loadScenario(files, 'scenario.yaml');
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  expect(loaded === undefined).toBe(errors.length > 0);
  for (const diagnostic of diagnostics) {
    const lines = files[diagnostic.file as keyof typeof files].split('\n');
    expect(diagnostic.line).toBeGreaterThanOrEqual(1);
    expect(diagnostic.line).toBeLessThanOrEqual(lines.length);
    expect(diagnostic.column).toBeLessThanOrEqual((lines[diagnostic.line - 1]?.length ?? 0) + 1);
    expect(printDiagnostic(diagnostic, files)).toContain(diagnostic.message);
  }
}

test('the whole scenario is right', () => {
  expect(loadScenario({ 'scenario.yaml': WHOLE, 'web.yaml': POD }, 'scenario.yaml').diagnostics).toEqual([]);
});

test('any text is answered, never thrown', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => expectAnAnswer(text)));
});

test('any text of YAML’s own characters is answered', () => {
  const unit = fc.constantFrom(...'abc01 \n\t-:,?[]{}#&*!|>\'"%@`~<=.');
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 120 }), (text) => expectAnAnswer(text)),
    { numRuns: 500 },
  );
});

test('any value under any key is answered', () => {
  const key = fc.constantFrom('steps', 'cluster', 'images', 'always', 'metadata', 'seed');
  fc.assert(
    fc.property(key, fc.jsonValue(), (name, value) =>
      expectAnAnswer(`${HEAD}${name}: ${JSON.stringify(value)}\n`),
    ),
  );
});

test.each(['scenario', 'manifest'])('any damage to a whole %s is answered', (which) => {
  const whole = which === 'scenario' ? WHOLE : POD;
  const damage = fc.record({
    at: fc.nat(whole.length),
    removed: fc.nat(6),
    added: fc.string({ unit: fc.constantFrom(...'a1: \n\t-{}[]"&*'), maxLength: 4 }),
  });
  fc.assert(
    fc.property(damage, ({ at, removed, added }) => {
      const damaged = whole.slice(0, at) + added + whole.slice(at + removed);
      if (which === 'scenario') expectAnAnswer(damaged);
      else expectAnAnswer(WHOLE, damaged);
    }),
    { numRuns: 400 },
  );
});

test('a text that is nested without end is answered', () => {
  expectAnAnswer('['.repeat(100_000));
  expectAnAnswer(`steps: ${'{ a: '.repeat(20_000)}`);
  expectAnAnswer(WHOLE, '['.repeat(100_000));
  expectAnAnswer(
    `${HEAD}steps:\n${Array.from({ length: 3000 }, (_, depth) => `${' '.repeat(depth)}-`).join('\n')}\n`,
  );
});
