import { describe, expect, test } from 'vitest';
import { pod, storyOf } from './story-lines.ts';
import { play, scenarioOf, type Tiny } from './tiny-cluster.ts';

function tell(body: string, tiny: Tiny = {}): string[] {
  return storyOf(play(scenarioOf(body), tiny));
}

describe('steps', () => {
  test('follow one another, each in its own commit, and a wait lets its time pass', () => {
    expect(tell('steps: [{ say: hello }, { wait: 35s }, { say: bye }]')).toEqual([
      '1 step 1 say',
      '2 step 2 wait',
      '35002 step 3 say',
      '35003 passed',
    ]);
  });

  test('a command is waited for, and must not fail unless the step says so', () => {
    const behaviours = {
      true: { takesMs: 700, exitCode: 0 },
      false: { takesMs: 5, exitCode: 1, stderr: 'no\n' },
    };
    expect(
      tell('steps: [{ run: "true" }, { run: "false", expect: { exitCode: 1 } }, { run: "false" }]', {
        behaviours,
      }),
    ).toEqual([
      '1 step 1 run',
      '1 typed true',
      '701 ended 0',
      '702 step 2 run',
      '702 typed false',
      '707 ended 1',
      '708 met exit code 1',
      '709 step 3 run',
      '709 typed false',
      '714 ended 1',
      '715 missed exit code 0 | wanted exit code 0, and it is 1:\n  no\nif that is meant, say expect: { exitCode: … }',
      '716 failed',
    ]);
  });

  test('the story goes on while a command runs in the background', () => {
    const behaviours = { 'sleep 1000': { takesMs: 20, stdout: 'up\n' } };
    expect(
      tell(
        'steps: [{ run: sleep 1000, background: true, expect: { output: up, within: 1m } }, { wait: 5s }]',
        { behaviours },
      ),
    ).toEqual([
      '1 step 1 run',
      '1 typed sleep 1000 &',
      '22 met output to contain "up"',
      '23 step 2 wait',
      '5023 passed',
    ]);
  });

  test('a command that never ends ends the story when patience does', () => {
    expect(
      tell('steps: [{ run: sleep 1000, timeout: 90s }, { say: never told }]', {
        behaviours: { 'sleep 1000': {} },
      }),
    ).toEqual([
      '1 step 1 run',
      '1 typed sleep 1000',
      '90001 missed the command ends within 1m30s | it still runs',
      '90001 failed',
    ]);
  });

  test('a step begins at its time, or at once with a notice when that has passed', () => {
    expect(tell('steps: [{ at: 10s, say: a }, { wait: 1m }, { at: 30s, say: b }]')).toEqual([
      '10000 step 1 say',
      '10001 step 2 wait',
      '70001 notice step 3: it was to begin at 30s, and the story is at 1m10.001s already',
      '70001 step 3 say',
      '70002 passed',
    ]);
  });
});

describe('expectations about objects', () => {
  const happenings: Tiny['happenings'] = [
    [100, 'pods', pod('web', 'Pending')],
    [1500, 'pods', pod('web', 'Running')],
    [9000, 'pods', pod('web', 'Running', 1)],
  ];
  const web = 'kind: Pod, metadata: { name: web }';
  const known = 'run: echo web';

  test('hold at once or are missed, with the nearest object and what differs', () => {
    const body = `steps: [{ ${known} }, { wait: 1s }, { expect: { resource: { ${web}, status: { phase: Running } } } }]`;
    expect(tell(body, { happenings }).slice(-2)).toEqual([
      '1003 missed Pod web: status.phase "Running" | Pod default/web: status.phase is "Pending", wanted "Running"',
      '1004 failed',
    ]);
  });

  test('are looked at again with each change, at the instant of the change', () => {
    const wanted = `{ ${web}, status: { containerStatuses: [{ restartCount: { gt: 0 } }] } }`;
    const log = play(scenarioOf(`steps: [{ ${known} }, { expect: { within: 2m, resource: ${wanted} } }]`), {
      happenings,
    });
    expect(storyOf(log).slice(-2)).toEqual([
      '9000 met Pod web: status.containerStatuses[restartCount > 0]',
      '9001 passed',
    ]);
    const met = log.find(({ event }) => event.type === 'ExpectationMet');
    const cause = log.find(({ seq }) => seq === met?.cause);
    expect([cause?.at, cause?.event.type]).toEqual([9000, 'ObjectUpdated']);
  });

  test('are missed when their time is over, for the reason that holds then', () => {
    const body = `steps: [{ ${known} }, { expect: { within: 3s, resource: { ${web}, status: { phase: Failed } } } }]`;
    expect(tell(body, { happenings }).slice(-2)).toEqual([
      '3002 missed Pod web: status.phase "Failed" within 3s | Pod default/web: status.phase is "Running", wanted "Failed"',
      '3003 failed',
    ]);
  });

  test.each`
    matched                           | expectation                                                                     | why
    ${'no object of the kind'}        | ${'{ resource: { kind: Node } }'}                                               | ${'matched no object at all: there is no Node'}
    ${'none of the name'}             | ${'{ resource: { kind: Pod, metadata: { name: echo } } }'}                      | ${'matched no object at all: there is no Pod "echo" in namespace default, but web'}
    ${'none of the labels'}           | ${'{ resource: { kind: Pod, metadata: { labels: { app: echo } } } }'}           | ${'matched no object at all; nearest: Pod default/web: metadata.labels.app is "web", wanted "echo"'}
    ${'one that should not be'}       | ${'{ absent: true, resource: { kind: Pod, metadata: { name: web } } }'}         | ${'1 of 1 Pod objects are like that (web), wanted 0'}
    ${'too few'}                      | ${'{ count: { gte: 2 }, resource: { kind: Pod, status: { phase: Pending } } }'} | ${'1 of 1 Pod objects are like that (web), wanted >= 2'}
    ${'an element that is not there'} | ${'{ resource: { kind: Pod, status: { conditions: [{ type: Ready }] } } }'}     | ${'Pod default/web: status.conditions is nothing, wanted [{"type":"Ready"}]'}
    ${'no Event'}                     | ${'{ event: { reason: BackOff } }'}                                             | ${'matched no object at all: there is no Event; it happened 0 times, wanted >= 1'}
  `('say when they matched $matched', ({ expectation, why }) => {
    const missed = tell(`steps: [{ run: echo web }, { wait: 1s }, { expect: ${expectation} }]`, {
      happenings,
    }).at(-2);
    expect(missed?.slice(missed.indexOf('|') + 2)).toBe(why);
  });

  test('a wait lasts until something is so, and ends the story when it never is', () => {
    const until = (phase: string, timeout: string): string =>
      `{ wait: { until: { resource: { ${web}, status: { phase: ${phase} } } }, timeout: ${timeout} } }`;
    expect(
      tell(`steps: [{ ${known} }, ${until('Running', '5m')}, ${until('Gone', '4s')}, { say: no }]`, {
        happenings,
      }).slice(-4),
    ).toEqual([
      '1500 met Pod web: status.phase "Running"',
      '1501 step 3 wait',
      '5501 missed Pod web: status.phase "Gone" within 4s | Pod default/web: status.phase is "Running", wanted "Gone"',
      '5501 failed',
    ]);
  });
});

describe('captures', () => {
  const behaviours = {
    'kubectl get pods': { stdout: 'NAME   READY\nweb-1  1/1\nweb-2  1/1\n', exitCode: 0 },
    'kubectl get pods -o json': { stdout: '{"items":[{"spec":{"nodeName":"node-1"}}]}', exitCode: 0 },
  };

  test('give names to parts of an output, for the commands and expectations that follow', () => {
    const body = `steps:
  - run: kubectl get pods
    capture: { pod: { line: '/^(\\S+)\\s+1/' } }
    expect: { output: { contains: "\${pod}" } }
  - run: kubectl get pods -o json
    capture: { node: { jsonpath: "{.items[0].spec.nodeName}" } }
  - say: { en: "It is \${pod} on \${node}." }
  - run: echo \${pod}`;
    const log = play(scenarioOf(body), { behaviours });
    expect(storyOf(log).filter((line) => /captured|met|typed/.test(line))).toEqual([
      '1 typed kubectl get pods',
      '2 captured pod=web-1',
      '3 met output to contain "web-1"',
      '4 typed kubectl get pods -o json',
      '5 captured node=node-1',
      '7 typed echo web-1',
    ]);
    const said = log.find(({ event }) => event.type === 'StepBegan' && event.step === 3);
    expect(said?.event).toMatchObject({ text: { en: 'It is web-1 on node-1.' } });
  });

  test.each`
    capture                       | why
    ${"{ line: '/web-9/' }"}      | ${'no line of the output matches:\n  NAME   READY\n  web-1  1/1\n  web-2  1/1'}
    ${"{ jsonpath: '{.items}' }"} | ${'the output is not JSON (use -o json):\n  NAME   READY\n  web-1  1/1\n  web-2  1/1'}
  `('are missed when there is nothing to capture: $capture', ({ capture, why }) => {
    const missed = tell(`steps: [{ run: kubectl get pods, capture: { pod: ${capture} } }]`, {
      behaviours,
    }).at(-2);
    expect(missed?.slice(missed.indexOf('|') + 2)).toBe(why);
  });
});

describe('invariants', () => {
  const always = (rest: string): string => `always: [${rest}]\nsteps: [{ run: echo web }, { wait: 1m }]`;

  test('are watched from the first moment at which they hold, and broken once', () => {
    const happenings: Tiny['happenings'] = [
      [100, 'pods', pod('web', 'Pending')],
      [1500, 'pods', pod('web', 'Running')],
      [2000, 'pods', pod('web-2', 'Running')],
      [9000, 'pods', pod('web-2', 'Failed')],
      [9500, 'pods', pod('web', 'Failed')],
    ];
    expect(
      tell(always('{ resource: { kind: Pod, status: { phase: Running } } }'), { happenings }).slice(-3),
    ).toEqual([
      '1500 watched Pod: status.phase "Running"',
      '9000 broken Pod: status.phase "Running" | Pod default/web-2: status.phase is "Failed", wanted "Running"',
      '60002 failed',
    ]);
  });

  test('count what there must be at least', () => {
    const happenings: Tiny['happenings'] = [
      [100, 'pods', pod('web', 'Running')],
      [200, 'pods', pod('web-2', 'Running')],
      [300, 'pods', { gone: true, namespace: 'default', name: 'web' }],
    ];
    expect(tell(always('{ count: { gte: 2 }, resource: { kind: Pod } }'), { happenings }).slice(-3)).toEqual([
      '200 watched count >= 2 of Pod',
      '300 broken count >= 2 of Pod | 1 of 1 Pod objects are like that (web-2), wanted >= 2',
      '60002 failed',
    ]);
  });

  test('that nothing ever met are broken at the end', () => {
    expect(tell(always('{ resource: { kind: Node } }')).slice(-2)).toEqual([
      '60002 broken Node is there | it never came to be so: no object like that was there from the beginning to the end',
      '60002 failed',
    ]);
  });
});
