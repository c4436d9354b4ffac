// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is what is tested.
import { describe, expect, test } from 'vitest';
import { expandScenario } from '../../../../src/scenario/language/expand/expand-scenario.ts';
import { loadScenario } from '../../../../src/scenario/language/load-scenario.ts';
import { printDiagnostic } from '../../../../src/scenario/language/print-diagnostic.ts';
import { diagnose, HEAD, POD } from '../diagnose.ts';

const SAY = 'steps: [{ say: hi }]\n';
const PART = 'kind: Fragment\nparameters: { to: integer }\nsteps:\n  - say: to ${{ to }}\n';

interface Row {
  readonly body: string;
  readonly codes: string;
  readonly files?: Readonly<Record<string, string>>;
}

/** The codes said, at the marks. */
function check({ body, codes, files = {} }: Row): void {
  const { said, marked } = diagnose(body, codes === '' ? [] : codes.split(' '), {
    'web.yaml': POD,
    ...files,
  });
  expect(said).toEqual(marked);
}

describe('parameters', () => {
  test.each`
    mistake                           | body                                                                                                       | codes
    ${'one that nothing uses'}        | ${`parameters: { «nodes»: 3 }\n${SAY}`}                                                                    | ${'unused-parameter'}
    ${'one that there is not'}        | ${'parameters: { nodes: 3 }\ncluster: { nodes: "${{ nodes }}" }\nsteps: [{ say: «"${{ noeds }}"» }]\n'}    | ${'unknown-parameter'}
    ${'one without a value'}          | ${'parameters: { «nodes»: { type: integer } }\ncluster: { nodes: "${{ nodes }}" }\nsteps: [{ say: x }]\n'} | ${'unset-parameter'}
    ${'a default of another type'}    | ${'parameters:\n  «n»:\n    type: integer\n    default: three\nsteps: [{ say: "n ${{ n }}" }]\n'}          | ${'wrong-type'}
    ${'a default that is not listed'} | ${'parameters:\n  «n»:\n    default: d\n    enum: [a, b]\nsteps: [{ say: "n ${{ n }}" }]\n'}               | ${'wrong-value'}
    ${'a type that there is not'}     | ${'parameters: { n: { type: «int», default: 3 } }\nsteps: [{ say: "n ${{ n }}" }]\n'}                      | ${'wrong-value'}
    ${'a value that fits nowhere'}    | ${'parameters: { n: none }\ncluster: { nodes: «"${{ n }}"» }\nsteps: [{ say: x }]\n'}                      | ${'wrong-type'}
  `('$mistake', check);
});

describe('a matrix', () => {
  test.each`
    mistake                         | body                                                                                | codes
    ${'that excludes another name'} | ${'matrix: { n: [1, 2], exclude: [{ «m»: 1 }] }\nsteps: [{ say: "n ${{ n }}" }]\n'} | ${'unknown-parameter'}
    ${'that excludes nothing'}      | ${'matrix: { n: [1, 2], exclude: [«{ n: 3 }»] }\nsteps: [{ say: "n ${{ n }}" }]\n'} | ${'matches-nothing'}
    ${'with a value twice'}         | ${'matrix: { n: [1, «1»] }\nsteps: [{ say: "n ${{ n }}" }]\n'}                      | ${'duplicate-key'}
    ${'of nothing'}                 | ${'matrix: { n: «[]» }\nsteps: [{ say: hi }]\n'}                                    | ${'wrong-value'}
    ${'that nothing uses'}          | ${'matrix: { «n»: [1, 2] }\nsteps: [{ say: hi }]\n'}                                | ${'unused-parameter'}
  `('$mistake', check);
});

describe('an include', () => {
  test.each`
    mistake                            | body                                                             | files                                                                             | codes
    ${'of a file that is not there'}   | ${'steps:\n  - include: «prat.yaml»\n'}                          | ${{ 'part.yaml': 'steps: [{ say: x }]\n' }}                                       | ${'missing-file'}
    ${'of a file outside'}             | ${'steps:\n  - include: «../part.yaml»\n'}                       | ${{}}                                                                             | ${'outside-folder'}
    ${'of itself'}                     | ${'include: a/b.yaml\nsteps: [{ say: hi }]\n'}                   | ${{ 'a/b.yaml': 'include: c.yaml\n', 'a/c.yaml': 'include: «../a/b.yaml»\n' }}    | ${'include-cycle'}
    ${'without what it wants'}         | ${'steps:\n  - include: «part.yaml»\n'}                          | ${{ 'part.yaml': PART.replace('integer', '{ type: integer }') }}                  | ${'unset-parameter'}
    ${'with another type'}             | ${'steps:\n  - include: part.yaml\n    with: { to: «three» }\n'} | ${{ 'part.yaml': PART.replace('integer', '{ type: integer }') }}                  | ${'wrong-type'}
    ${'with what it does not want'}    | ${'steps:\n  - include: part.yaml\n    with: { «too»: 3 }\n'}    | ${{ 'part.yaml': PART.replace('integer', '3') }}                                  | ${'unknown-parameter'}
    ${'that does something else, too'} | ${'steps:\n  - include: part.yaml\n    «say»: hi\n'}             | ${{ 'part.yaml': PART.replace('integer', '3') }}                                  | ${'conflicting-keys'}
    ${'of what is no fragment'}        | ${'include: part.yaml\nsteps: [{ say: hi }]\n'}                  | ${{ 'part.yaml': '«stesp»: []\n' }}                                               | ${'unknown-key'}
    ${'of a step that is none'}        | ${'steps:\n  - include: part.yaml\n'}                            | ${{ 'part.yaml': 'steps:\n  - «sya»: hi\n' }}                                     | ${'unknown-key'}
    ${'of a line that is none'}        | ${'steps:\n  - include: part.yaml\n'}                            | ${{ 'part.yaml': 'steps:\n  - run: kubectl get pods «--sow-labels»\n' }}          | ${'unknown-flag'}
    ${'of two that contradict'}        | ${'include: [a.yaml, b.yaml]\nsteps: [{ say: hi }]\n'}           | ${{ 'a.yaml': 'cluster: { nodes: 2 }\n', 'b.yaml': 'cluster: { «nodes»: 3 }\n' }} | ${'conflicting-keys'}
  `('$mistake', check);

  test('tells by which includes its mistake is reached', () => {
    const files = {
      'scenario.yaml': `${HEAD}steps:\n  - include: a/one.yaml\n`,
      'a/one.yaml': 'steps:\n  - include: two.yaml\n',
      'a/two.yaml': 'steps:\n  - wait: 35\n',
    };
    const [first] = loadScenario(files, 'scenario.yaml').diagnostics;
    expect(first && printDiagnostic(first, files)).toBe(
      [
        'a/two.yaml:2:11: error: wanted a duration such as 35s, or { until: …, timeout: … }, found the number 35 [wrong-type]',
        '   1 | steps:',
        '   2 |   - wait: 35',
        '     |           ^^',
        '  included at a/one.yaml:2:14',
        '  included at scenario.yaml:5:14',
        '  hint: did you mean 35s?',
        '',
      ].join('\n'),
    );
  });

  test('that multiplies without end is refused', () => {
    const names = [...'abcdefghij'];
    const files = Object.fromEntries(
      names.map((name, index) => {
        const next = names[index + 1];
        return [`${name}.yaml`, next ? `include: [${next}.yaml, ${next}.yaml, ${next}.yaml]\n` : SAY];
      }),
    );
    const text = `${HEAD}include: a.yaml\n${SAY}`;
    const { diagnostics } = loadScenario({ ...files, 'scenario.yaml': text }, 'scenario.yaml');
    expect(diagnostics.map(({ code }) => code)).toEqual(['too-large']);
  });
});

describe('a template', () => {
  const web = `${POD.replace('web', '${{ name }}')}`;
  test.each`
    mistake                       | body                                                                                           | files                                                        | codes
    ${'that is not there'}        | ${`templates: [«wbe.yaml»]\n${SAY}`}                                                           | ${{}}                                                        | ${'missing-file'}
    ${'without any placeholder'}  | ${`templates: [«web.yaml»]\n${SAY}`}                                                           | ${{}}                                                        | ${'matches-nothing'}
    ${'with an unknown one'}      | ${`templates: [t.yaml]\n${SAY}`}                                                               | ${{ 't.yaml': web.replace('${{ name }}', '«${{ name }}»') }} | ${'unknown-parameter'}
    ${'with a mistake behind it'} | ${'parameters: { name: a }\ntemplates: [t.yaml]\nsteps: [{ run: kubectl apply -f t.yaml }]\n'} | ${{ 't.yaml': web.replace('labels', '«labesl»') }}           | ${'unknown-field'}
  `('$mistake', check);
});

describe('branches, checkpoints and questions', () => {
  const BRANCH = '  - branch: { name: b, steps: [{ say: hi }] }\n';
  test.each`
    mistake                             | body                                                                                                                     | codes
    ${'two branches of one name'}       | ${`steps:\n${BRANCH}${BRANCH.replace('b,', '«b»,')}`}                                                                    | ${'duplicate-key'}
    ${'a branch called main'}           | ${`steps:\n${BRANCH.replace('b,', '«main»,')}`}                                                                          | ${'duplicate-key'}
    ${'from no checkpoint'}             | ${`steps:\n${BRANCH.replace('b,', 'b, from: «a»,')}`}                                                                    | ${'matches-nothing'}
    ${'from a later one'}               | ${`steps:\n${BRANCH.replace('b,', 'b, from: «a»,')}  - checkpoint: a\n`}                                                 | ${'matches-nothing'}
    ${'one called as another within'}   | ${'steps:\n  - branch:\n      name: b\n      steps:\n        - branch: { name: «b», steps: [{ say: x }] }\n'}            | ${'duplicate-key'}
    ${'a key within one within it'}     | ${'steps:\n  - branch:\n      name: b\n      steps:\n        - branch: { name: c, steps: [{ «sya»: x }] }\n'}            | ${'unknown-key'}
    ${'a mistake within it, told once'} | ${'steps:\n  - run: kubectl get pods\n  - branch:\n      name: b\n      steps:\n        - run: kubectl get «pdos» -o\n'} | ${''}
    ${'two checkpoints of one name'}    | ${'steps:\n  - checkpoint: a\n  - checkpoint: «a»\n'}                                                                    | ${'duplicate-key'}
    ${'one that is a step'}             | ${'steps:\n  - checkpoint: «step-3»\n'}                                                                                  | ${'wrong-value'}
    ${'one at which something is run'}  | ${'steps:\n  - checkpoint: a\n    «run»: kubectl get pods\n'}                                                            | ${'conflicting-keys'}
    ${'an answer that is no choice'}    | ${'steps:\n  - quiz: { ask: Q, choices: [a, b], answer: «3» }\n'}                                                        | ${'wrong-value'}
    ${'a choice where there are none'}  | ${'steps:\n  - quiz: { ask: Q, answer: «3» }\n'}                                                                         | ${'wrong-type'}
    ${'a time for a teardown'}          | ${'steps: [{ say: hi }]\nteardown:\n  - say: bye\n    «at»: 3s\n'}                                                       | ${'conflicting-keys'}
  `('$mistake', ({ body, codes }: Row) => {
    if (codes !== '') check({ body, codes });
    else expect(diagnose(body, []).said.length).toBe(1);
  });
});

describe('what is set from outside', () => {
  const text = `${HEAD}parameters: { n: 3 }\ncluster: { nodes: "\${{ n }}" }\n${SAY}`;
  const codes = (set: Readonly<Record<string, string>>, name?: string): readonly string[] =>
    expandScenario({ s: text }, 's', { set, ...(name !== undefined && { case: name }) }).diagnostics.map(
      ({ code, line, column }) => `${code} ${line}:${column}`,
    );

  test.each([
    [{ n: '4' }, undefined, []],
    [{ n: 'four' }, undefined, ['wrong-type 4:18']],
    [{ m: '4' }, undefined, ['unknown-parameter 4:1']],
    [{}, 'n=3', ['matches-nothing 1:1']],
  ] as const)('%j %s', (set, name, said) => {
    expect(codes(set, name)).toEqual(said);
  });
});
