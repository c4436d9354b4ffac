import { describe, expect, test } from 'vitest';
import { pod, storyOf } from './story-lines.ts';
import { play, scenarioOf, type Tiny } from './tiny-cluster.ts';

/** The phases of a pod: it runs, fails for five seconds, and runs again. */
const PHASES: NonNullable<Tiny['happenings']> = [
  [100, 'pods', pod('web', 'Pending')],
  [2000, 'pods', pod('web', 'Running')],
  [10_000, 'pods', pod('web', 'Failed')],
  [15_000, 'pods', pod('web', 'Running')],
];
const is = (phase: string): string =>
  `resource: { kind: Pod, metadata: { name: web }, status: { phase: ${phase} } }`;

/** What is told of expectations, without the pod's name, which is always the same. */
function told(body: string): string[] {
  const lines = storyOf(play(scenarioOf(body), { happenings: PHASES }));
  return lines
    .filter((line) => !/ step | typed | ended /.test(line))
    .map((line) => line.replaceAll('Pod default/web: ', '').replaceAll('Pod web: status.', ''));
}

const KNOWN = '{ run: echo web }';

describe('an expectation that must last', () => {
  test.each`
    says                                 | expectation                                                                | lines
    ${'comes, and lasts'}                | ${`{ ${is('Running')}, within: 5s, for: 4s }`}                             | ${['2000 holds phase "Running" for 4s', '6000 met phase "Running" for 4s', '6001 passed']}
    ${'breaks, and nothing is left'}     | ${`{ ${is('Running')}, within: 5s, for: 10s }`}                            | ${['2000 holds phase "Running" for 10s', '10000 missed phase "Running" for 10s within 5s | it was so for 8s, and no longer: status.phase is "Failed", wanted "Running"', '10001 failed']}
    ${'breaks, and begins anew in time'} | ${`{ ${is('Running')}, within: 1m, for: 10s }`}                            | ${['2000 holds phase "Running" for 10s', '10000 holds no more phase "Running" for 10s | status.phase is "Failed", wanted "Running"', '15000 holds phase "Running" for 10s', '25000 met phase "Running" for 10s', '25001 passed']}
    ${'is not so at once'}               | ${`{ ${is('Failed')}, for: 1s }`}                                          | ${['3 missed phase "Failed" for 1s | matched no object at all: there is no Pod in namespace default', '4 failed']}
    ${'goes on until something is so'}   | ${`{ ${is('Running')}, within: 5s, until: { ${is('Failed')} } }`}          | ${['2000 holds phase "Running" until phase "Failed"', '10000 met phase "Running" until phase "Failed"', '10001 passed']}
    ${'breaks before that'}              | ${`{ ${is('Running')}, within: 5s, until: { resource: { kind: Node } } }`} | ${['2000 holds phase "Running" until Node is there', '10000 missed phase "Running" until Node is there within 5s | it was so for 8s, and no longer: status.phase is "Failed", wanted "Running"', '10001 failed']}
    ${'goes on for ever'}                | ${`{ ${is('Gone')}, absent: true, until: { resource: { kind: Node } } }`}  | ${['3 holds no phase "Gone" until Node is there', '3600003 missed no phase "Gone" until Node is there | it is so, and this has not come: matched no object at all: there is no Node', '3600004 failed']}
  `('that $says', ({ expectation, lines }: { expectation: string; lines: string[] }) => {
    expect(told(`steps: [${KNOWN}, { expect: ${expectation} }]`)).toEqual(lines);
  });

  test('may be waited for', () => {
    const wait = `{ wait: { until: { ${is('Running')}, for: 9s }, timeout: 1m } }`;
    expect(told(`steps: [${KNOWN}, ${wait}]`).at(-2)).toBe('24000 met phase "Running" for 9s');
  });
});

/** The same in a step and for the whole story: the latter begins with it. */
describe('what is watched while the story goes on', () => {
  const FAILED = 'status.phase is "Failed", wanted "Running"';
  test.each`
    says                                  | form            | watch                                                       | lines
    ${'stays so'}                         | ${'always'}     | ${`{ ${is('Running')}, for: 7s }`}                          | ${['2000 watched phase "Running" for 7s', '9000 met at last phase "Running" for 7s', '30002 passed']}
    ${'does not stay so'}                 | ${'always'}     | ${`{ ${is('Running')} }`}                                   | ${['2000 watched phase "Running"', `10000 broken phase "Running" | ${FAILED}`, '30002 failed']}
    ${'stays so until something else'}    | ${'always'}     | ${`{ ${is('Running')}, until: { ${is('Failed')} } }`}       | ${['2000 watched phase "Running" until phase "Failed"', '10000 met at last phase "Running" until phase "Failed"', '30002 passed']}
    ${'stays so, and it never comes'}     | ${'always'}     | ${`{ resource: { kind: Pod }, until: { ${is('Gone')} } }`}  | ${['100 watched Pod is there until phase "Gone"', '30002 broken Pod is there until phase "Gone" | what ends it never came: status.phase is "Running", wanted "Gone"', '30002 failed']}
    ${'does not stay so for long enough'} | ${'always'}     | ${`{ resource: { kind: Pod }, for: 1m }`}                   | ${['100 watched Pod is there for 1m', '30002 broken Pod is there for 1m | the scenario ends when it has been so for 29.902s: let time pass before', '30002 failed']}
    ${'is never so'}                      | ${'never'}      | ${`{ ${is('Gone')} }`}                                      | ${['30002 passed']}
    ${'is so, against all hope'}          | ${'never'}      | ${`{ ${is('Failed')} }`}                                    | ${['10000 broken never phase "Failed" | status.phase is "Failed"', '30002 failed']}
    ${'is so, but not for long'}          | ${'never'}      | ${`{ ${is('Failed')}, for: 6s }`}                           | ${['10000 holds never phase "Failed" for 6s', `15000 holds no more never phase "Failed" for 6s | status.phase is "Running", wanted "Failed"`, '30002 passed']}
    ${'is so for too long'}               | ${'never'}      | ${`{ ${is('Failed')}, for: 5s, until: { ${is('Gone')} } }`} | ${['10000 holds never phase "Failed" for 5s until phase "Gone"', '15000 holds no more never phase "Failed" for 5s until phase "Gone" | status.phase is "Running", wanted "Failed"', '30002 broken never phase "Failed" for 5s until phase "Gone" | what ends it never came: status.phase is "Running", wanted "Gone"', '30002 failed']}
    ${'is never so until something else'} | ${'never'}      | ${`{ ${is('Failed')}, until: { ${is('Running')} } }`}       | ${['2000 met at last never phase "Failed" until phase "Running"', '30002 passed']}
    ${'is never so as often'}             | ${'never'}      | ${`{ resource: { kind: Pod }, count: { gte: 1 } }`}         | ${['100 broken never count >= 1 of Pod | 1 Pod objects are like that\nPod default/web is there', '30002 failed']}
    ${'is so some time'}                  | ${'eventually'} | ${`{ ${is('Failed')} }`}                                    | ${['10000 met at last at some time phase "Failed"', '30002 passed']}
    ${'is so some time for so long'}      | ${'eventually'} | ${`{ ${is('Running')}, for: 10s }`}                         | ${['2000 holds at some time phase "Running" for 10s', `10000 holds no more at some time phase "Running" for 10s | ${FAILED}`, '15000 holds at some time phase "Running" for 10s', '25000 met at last at some time phase "Running" for 10s', '30002 passed']}
    ${'is not so for long enough'}        | ${'eventually'} | ${`{ resource: { kind: Pod }, for: 1m }`}                   | ${['100 holds at some time Pod is there for 1m', '30002 broken at some time Pod is there for 1m | the scenario ends when it has been so for 29.902s', '30002 failed']}
    ${'is never so, though it must'}      | ${'eventually'} | ${`{ ${is('Gone')} }`}                                      | ${['30002 broken at some time phase "Gone" | it never came to be so: status.phase is "Running", wanted "Gone"', '30002 failed']}
  `('$says ($form)', ({ form, watch, lines }: { form: string; watch: string; lines: string[] }) => {
    const rest = `${KNOWN}, { wait: 30s }`;
    expect(told(`steps: [${rest}]\n${form}: [${watch}]`)).toEqual(lines);
    expect(told(`steps: [{ run: echo web, expect: { ${form}: ${watch} } }, { wait: 30s }]`)).toEqual(lines);
  });

  test('through a step ends with it', () => {
    const during = (seconds: number): string =>
      `steps: [${KNOWN}, { wait: ${seconds}s, expect: { never: { ${is('Failed')}, through: step } } }, { wait: 1m }]`;
    expect(told(during(9)).at(-1)).toMatch(/passed$/);
    expect(told(during(11))).toContain('10000 broken never phase "Failed" | status.phase is "Failed"');
  });

  test('begins with its step, and one whose step never comes says nothing', () => {
    const later = (wait: string): string =>
      `steps: [${KNOWN}, { wait: ${wait} }, { say: hm, expect: { never: { ${is('Failed')} } } }, { wait: 1m }]`;
    expect(told(later('16s')).at(-1)).toMatch(/passed$/);
    expect(told(later('9s'))).toContain('10000 broken never phase "Failed" | status.phase is "Failed"');
    const never = `{ wait: { until: { ${is('Gone')} }, timeout: 1s } }`;
    const body = `steps: [${KNOWN}, ${never}, { say: hm, expect: { eventually: { ${is('Failed')} } } }]`;
    expect(told(body)).toHaveLength(2);
  });
});
