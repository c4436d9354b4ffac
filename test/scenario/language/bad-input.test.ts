import { describe, expect, test } from 'vitest';
import { loadScenario } from '../../../src/scenario/language/load-scenario.ts';
import { diagnose, HEAD, POD } from './diagnose.ts';

const TEN = Array(10);
const BOMB = 'abcd'
  .split('')
  .map(
    (name, index, names) =>
      `${name}: &${name} [${TEN.fill(index === 0 ? 'x' : `*${names[index - 1]}`).join()}]\n`,
  )
  .join('');

interface Row {
  readonly body: string;
  readonly codes: string;
}

/** The codes said, at the marks. */
function check(body: string, codes: string, files?: Record<string, string>): void {
  const { said, marked } = diagnose(body, codes === '' ? [] : codes.split(' '), files);
  expect(said).toEqual(marked);
}

describe('text that is no scenario', () => {
  test.each`
    mistake                   | body                                                                                 | codes
    ${'a tab'}                | ${'steps:\n«\t»- say: hi\n'}                                                         | ${'tab-indent'}
    ${'a bracket too many'}   | ${'steps: [{ say: hi }] «]»\n'}                                                      | ${'yaml-syntax'}
    ${'a key twice'}          | ${'steps:\n  - say: hi\n«steps»: []\n'}                                              | ${'duplicate-key'}
    ${'a second document'}    | ${'steps:\n  - say: hi\n«---»\nsteps: []\n'}                                         | ${'yaml-syntax'}
    ${'an alias bomb'}        | ${`${BOMB}f: [${'*d, '.repeat(7)}«*d», *d]\n`}                                       | ${'alias-bomb'}
    ${'an alias to itself'}   | ${'steps: &a [«*a»]\n'}                                                              | ${'alias-bomb'}
    ${'an alias to nothing'}  | ${'steps: [«*nobody»]\n'}                                                            | ${'yaml-syntax'}
    ${'nesting without end'}  | ${`steps: ${'['.repeat(63)}«${'['.repeat(40)}${']'.repeat(40)}»${']'.repeat(63)}\n`} | ${'too-deep'}
    ${'a key that is a list'} | ${'? «[a]»\n: b\n'}                                                                  | ${'wrong-type'}
    ${'a number JSON lacks'}  | ${'seed: «.nan»\nsteps: [{ say: hi }]\n'}                                            | ${'wrong-value'}
  `('$mistake', ({ body, codes }: Row) => check(body, codes));

  test('a file that is not there, is empty, or is far too large', () => {
    const said = (files: Record<string, string>): unknown[] =>
      loadScenario(files, 'scenario.yaml').diagnostics.map(({ code, line, column }) => [code, line, column]);
    expect(said({})).toEqual([['missing-file', 1, 1]]);
    expect(said({ 'scenario.yaml': '' })).toEqual([['wrong-type', 1, 1]]);
    expect(said({ 'scenario.yaml': '#'.repeat(3_000_000) })).toEqual([['too-large', 1, 1]]);
  });
});

describe('shape', () => {
  test.each`
    mistake                        | body                                                                                                       | codes
    ${'a misspelt key'}            | ${'«stesp»:\n  - say: hi\n'}                                                                               | ${'unknown-key'}
    ${'a misspelt key far inside'} | ${'steps:\n  - say: hi\n    «wiat»: 3s\n'}                                                                 | ${'unknown-key'}
    ${'two of them'}               | ${'«clutser»: { nodes: 2 }\nsteps:\n  - «sya»: hi\n'}                                                      | ${'unknown-key unknown-key'}
    ${'a key of __proto__'}        | ${'«__proto__»: { steps: [] }\nsteps: [{ say: hi }]\n'}                                                    | ${'unknown-key'}
    ${'an empty list of steps'}    | ${'steps: «[]»\n'}                                                                                         | ${'wrong-value'}
    ${'a number for a duration'}   | ${'steps:\n  - wait: «35»\n'}                                                                              | ${'wrong-type'}
    ${'no such unit'}              | ${'steps:\n  - wait: «1d»\n'}                                                                              | ${'wrong-value'}
    ${'a negative duration'}       | ${'steps:\n  - wait: «-3s»\n'}                                                                             | ${'wrong-value'}
    ${'a text for a list'}         | ${'steps: «hello»\n'}                                                                                      | ${'wrong-type'}
    ${'no language'}               | ${'steps:\n  - say: { «English»: hi }\n'}                                                                  | ${'unknown-key'}
    ${'an exit code beyond bytes'} | ${'steps:\n  - run: kubectl get pods\n    expect: { exitCode: «300» }\n'}                                  | ${'wrong-value'}
    ${'no effect of a taint'}      | ${'cluster: { nodes: [{ name: a, taints: [{ key: k, effect: «no» }] }] }\nsteps: [{ say: hi }]\n'}         | ${'wrong-value'}
    ${'no nodes'}                  | ${'cluster: { nodes: «0» }\nsteps: [{ say: hi }]\n'}                                                       | ${'wrong-value'}
    ${'an image of unknown form'}  | ${'images: { app: { «entypoint»: [a] } }\nsteps: [{ say: hi }]\n'}                                         | ${'unknown-key'}
    ${'a port of unknown form'}    | ${'images: { app: { program: { listens: [{ port: «http», protocol: http }] } } }\nsteps: [{ say: hi }]\n'} | ${'wrong-value'}
    ${'a step without its key'}    | ${'steps:\n  - «wait»:\n      timeout: 3s\n'}                                                              | ${'missing-key'}
  `('$mistake', ({ body, codes }: Row) => check(body, codes));

  test('a key that is probably meant is named, and is not also missing', () => {
    const text = 'apiVersion: kubereel.dev/v1\nkind: Scenario\nmetadata: { name: a }\nstesp: []\n';
    const { diagnostics } = loadScenario({ 's.yaml': text }, 's.yaml');
    expect(diagnostics.map(({ code, hint }) => [code, hint])).toEqual([
      ['unknown-key', 'did you mean "steps"?'],
    ]);
  });

  test('a number that needs a unit is shown with one', () => {
    const text =
      'apiVersion: kubereel.dev/v1\nkind: Scenario\nmetadata: { name: a }\nsteps: [{ wait: 35 }]\n';
    expect(loadScenario({ 's.yaml': text }, 's.yaml').diagnostics[0]?.hint).toBe('did you mean 35s?');
  });
});

test('a text that a comma has cut in two is told to be quoted', () => {
  const text = `${HEAD}steps: [{ say: { en: One, two } }]
`;
  const { diagnostics } = loadScenario({ 's.yaml': text }, 's.yaml');
  expect(diagnostics.map(({ hint }) => hint)).toEqual([
    'write a text; one with a comma or a colon in it needs quotes',
  ]);
});

describe('cluster', () => {
  test.each`
    mistake                      | cluster                                      | codes
    ${'a version before 1.20'}   | ${'{ version: «"1.19"» }'}                   | ${'unknown-version'}
    ${'a version to come'}       | ${'{ version: «1.99» }'}                     | ${'unknown-version'}
    ${'no day of the calendar'}  | ${'{ epoch: «"2026-13-01T00:00:00Z"» }'}     | ${'wrong-value'}
    ${'two nodes of one name'}   | ${'{ nodes: [{ name: a }, { name: «a» }] }'} | ${'duplicate-key'}
    ${'latencies turned around'} | ${'{ latencies: { watch: «[6ms, 2ms]» } }'}  | ${'wrong-value'}
  `('$mistake', ({ cluster, codes }: { readonly cluster: string; readonly codes: string }) =>
    check(`cluster: ${cluster}\nsteps: [{ say: hi }]\n`, codes),
  );
});

describe('steps', () => {
  const POD_NAME = '$' + '{pod}';
  const OTHER_NAME = '$' + '{pdo}';

  test.each`
    mistake                                | steps                                                                                         | codes
    ${'in which nothing happens'}          | ${'- «at: 3s»'}                                                                               | ${'empty-step'}
    ${'that run and wait'}                 | ${'- run: kubectl get pods\n  «wait»: 3s'}                                                    | ${'conflicting-keys'}
    ${'in the background of nothing'}      | ${'- say: hi\n  «background»: true'}                                                          | ${'conflicting-keys'}
    ${'whose background has a limit'}      | ${'- run: kubectl get pods\n  background: true\n  «timeout»: 3s'}                             | ${'conflicting-keys'}
    ${'with output before any command'}    | ${'- expect: { «output»: hi }'}                                                               | ${'conflicting-keys'}
    ${'with a capture before any command'} | ${'- «capture»: { a: { line: hi } }'}                                                         | ${'conflicting-keys'}
    ${'that expect nothing'}               | ${'- run: kubectl get pods\n  expect: «{ within: 3s }»'}                                      | ${'empty-step'}
    ${'that count nothing'}                | ${'- run: kubectl get pods\n  expect: { output: a, «count»: 3 }'}                             | ${'conflicting-keys'}
    ${'with a name before its capture'}    | ${`- run: kubectl get pod «${POD_NAME}»\n  capture: { pod: { line: a } }`}                    | ${'uncaptured-name'}
    ${'with a name that nobody captures'}  | ${`- run: kubectl get pods\n  capture: { pod: { line: a } }\n- say: "It is «${OTHER_NAME}»"`} | ${'uncaptured-name'}
    ${'with a capture that is no pattern'} | ${'- run: kubectl get pods\n  capture: { pod: { line: «"(a"» } }'}                            | ${'bad-pattern'}
    ${'with flags that no pattern has'}    | ${'- run: kubectl get pods\n  expect: { output: { matches: «/a/g» } }'}                       | ${'bad-pattern'}
  `('$mistake', ({ steps, codes }: { readonly steps: string; readonly codes: string }) =>
    check(`steps:\n${steps}\n`, codes),
  );

  test('leave a shell its own variables', () => {
    const line = `kubectl get pods -o name | grep '$${'{NF}'}'`;
    check(`steps:\n  - run: ${JSON.stringify(line)}\n`, '');
  });
});

describe('commands', () => {
  test.each`
    mistake                       | line                                | codes
    ${'an unknown program'}       | ${'«helm» install web'}             | ${'not-simulated'}
    ${'an unknown verb'}          | ${'kubectl «aplpy» -f web.yaml'}    | ${'not-simulated'}
    ${'an unknown flag'}          | ${'kubectl get pods «--colour»'}    | ${'unknown-flag'}
    ${'a file that is not there'} | ${'kubectl apply -f «wbe.yaml»'}    | ${'missing-file'}
    ${'a file outside'}           | ${'kubectl apply -f «../web.yaml»'} | ${'outside-folder'}
    ${'a file of the machine'}    | ${'kubectl apply -f «/etc/passwd»'} | ${'outside-folder'}
    ${'a quote left open'}        | ${"kubectl get pods «'»a"}          | ${'shell-syntax'}
  `('$mistake', ({ line, codes }: { readonly line: string; readonly codes: string }) =>
    check(`steps:\n  - run: ${line}\n`, codes),
  );
});

describe('conditions that can never come true', () => {
  test.each`
    mistake                        | resource                                                                     | codes
    ${'a kind that there is not'}  | ${'{ kind: «Pdo» }'}                                                         | ${'unknown-kind'}
    ${'a kind of another API'}     | ${'{ kind: Deployment, apiVersion: «v1» }'}                                  | ${'unknown-kind'}
    ${'a field that there is not'} | ${'{ kind: Pod, status: { «containerStatuss»: [] } }'}                       | ${'unknown-field'}
    ${'a field far inside'}        | ${'{ kind: Pod, spec: { containers: [{ «imagee»: a }] } }'}                  | ${'unknown-field'}
    ${'true where a text is'}      | ${'{ kind: Node, status: { conditions: [{ status: «True» }] } }'}            | ${'wrong-type'}
    ${'a text where a number is'}  | ${'{ kind: Pod, status: { containerStatuses: [{ restartCount: «"1"» }] } }'} | ${'wrong-type'}
    ${'no list where a list is'}   | ${'{ kind: Pod, status: { conditions: «{ type: Ready }» } }'}                | ${'wrong-type'}
    ${'a name that nobody gave'}   | ${'{ kind: Pod, metadata: { name: «wbe» } }'}                                | ${'matches-nothing'}
    ${'a label that nobody gave'}  | ${'{ kind: Pod, metadata: { labels: { app: «shpo» } } }'}                    | ${'matches-nothing'}
    ${'a namespace of a node'}     | ${'{ kind: Node, metadata: { «namespace»: default } }'}                      | ${'matches-nothing'}
    ${'an order of texts'}         | ${'{ kind: Pod, status: { phase: { gt: «a» } } }'}                           | ${'wrong-type'}
    ${'a pattern that is none'}    | ${'{ kind: Pod, status: { phase: { matches: «"("» } } }'}                    | ${'bad-pattern'}
  `('$mistake', ({ resource, codes }: { readonly resource: string; readonly codes: string }) =>
    check(`steps:\n  - run: kubectl apply -f web.yaml\n    expect: { resource: ${resource} }\n`, codes),
  );

  test('are found in invariants and waits too', () => {
    const body = `steps:
  - wait: { until: { event: { object: { name: «wbe» } } } }
always:
  - resource: { kind: «Pdo» }
  - «logs»: { pod: «wbe» }
`;
    check(body, 'matches-nothing unknown-kind conflicting-keys matches-nothing');
  });

  test('but a name that begins with a known one may be made from it', () => {
    const resource = '{ kind: Pod, metadata: { name: web-7c67d } }';
    check(
      `steps:\n  - run: kubectl apply -f web.yaml\n    expect: { absent: true, resource: ${resource} }\n`,
      '',
    );
  });
});

describe('manifests', () => {
  const STEP = 'steps:\n  - run: kubectl apply -f web.yaml\n';

  test.each`
    mistake               | from                                 | to                     | codes
    ${'a misspelt field'} | ${'image: nginx'}                    | ${'«imagee»: nginx'}   | ${'unknown-field'}
    ${'a wrong type'}     | ${'app: shop'}                       | ${'«app»: true'}       | ${'wrong-type'}
    ${'a tab'}            | ${'    - { name: c, image: nginx }'} | ${'«\t»- { name: c }'} | ${'yaml-syntax'}
    ${'an unknown kind'}  | ${'kind: Pod'}                       | ${'«kind»: Pdo'}       | ${'unknown-kind'}
    ${'no kind'}          | ${'apiVersion: v1\nkind: Pod'}       | ${'«apiVersion»: v1'}  | ${'missing-key'}
  `(
    '$mistake',
    ({ from, to, codes }: { readonly from: string; readonly to: string; readonly codes: string }) =>
      check(STEP, codes, { 'web.yaml': POD.replace(from, to) }),
  );

  test('that nobody applies are not read', () =>
    check('steps: [{ say: hi }]\n', '', { 'web.yaml': 'kind: [' }));

  test.each([
    [
      'that are not there may be named where that is what is to be shown',
      '{ exitCode: 1, stderr: { contains: does not exist } }',
      [],
    ],
    [
      'that are not there are a mistake where another failure is wanted',
      '{ exitCode: 1 }',
      ['outside-folder'],
    ],
  ])('%s', (_what, wanted, severities) => {
    const { said } = diagnose(
      `steps:\n  - run: kubectl apply -f /nosuch.yaml\n    expect: ${wanted}\n`,
      [],
      {},
    );
    expect(said.map((each) => each.split(' ')[0])).toEqual(severities);
  });

  test('that are wrong on purpose are told and played', () => {
    const { said } = diagnose(`${STEP}    expect: { exitCode: 1 }\n`, [], {
      'web.yaml': POD.replace('image', 'imagee'),
    });
    expect(said).toEqual(['warning unknown-field web.yaml:6:18+6']);
  });

  test.each`
    line                          | codes
    ${'kubectl apply -f m'}       | ${'unknown-field'}
    ${'kubectl apply -R -f ./m/'} | ${'unknown-field unknown-field'}
  `(
    'of a folder are all read: $line',
    ({ line, codes }: { readonly line: string; readonly codes: string }) => {
      const bad = POD.replace('image', '«imagee»');
      const files = { 'm/a.yaml': POD, 'm/b.yaml': bad, 'm/deep/c.yaml': bad, 'm/notes.txt': 'kind: [' };
      check(`steps:\n  - run: ${line}\n`, codes, files);
    },
  );
});
