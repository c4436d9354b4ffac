// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is what is tested.
import { describe, expect, test } from 'vitest';
import { expandScenario } from '../../../../src/scenario/language/expand/expand-scenario.ts';
import { casesNamed, casesOf } from '../../../../src/scenario/language/expand/matrix.ts';
import { loadScenario } from '../../../../src/scenario/language/load-scenario.ts';
import { pathOfStep } from '../../../../src/scenario/language/path-of-step.ts';
import { HEAD, POD } from '../diagnose.ts';

/** What a scenario comes to, without its head. */
function expanded(body: string, files: Readonly<Record<string, string>> = {}, choice = {}): unknown {
  const { source, diagnostics } = expandScenario({ ...files, 's.yaml': body }, 's.yaml', choice);
  expect(diagnostics).toEqual([]);
  return source?.value;
}

describe('a placeholder', () => {
  test.each([
    ['that is the whole value keeps its type', 'n: 3', '${{ n }}', 3],
    ['without blanks, too', 'n: 3', '${{n}}', 3],
    ['of truth', 'n: true', '${{ n }}', true],
    ['among words is text', 'n: 3', 'n is ${{ n }}.', 'n is 3.'],
    ['twice', 'n: a', '${{ n }}-${{ n }}', 'a-a'],
    ['that is meant as it is written', 'n: a', '${{ n }} $${{ n }}', 'a ${{ n }}'],
    ['beside a captured name', 'n: a', '${n} ${{ n }}', '${n} a'],
  ])('%s', (_name, parameters, text, value) => {
    const body = `parameters: { ${parameters} }\nsteps: [{ run: ${JSON.stringify(text)} }]`;
    expect(expanded(body)).toMatchObject({ steps: [{ run: value }] });
  });

  test('may stand in a key, and is left alone where parameters are declared', () => {
    const body =
      'parameters: { tag: { default: "1", description: "not ${{ tag }}" } }\nimages: { "shop:${{ tag }}": {} }\nsteps: []';
    expect(expanded(body)).toMatchObject({
      images: { 'shop:1': {} },
      parameters: { tag: { description: 'not ${{ tag }}' } },
    });
  });

  test('is filled in in manifests that are named, and in no other', () => {
    const manifest = POD.replace('name: web', 'name: ${{ name }}');
    const text = `${HEAD}parameters: { name: shop }\ntemplates: [t.yaml]\nsteps: [{ run: kubectl apply -f . }]\n`;
    const { scenario, diagnostics } = loadScenario(
      { 't.yaml': manifest, 'o.yaml': POD, 's.yaml': text },
      's.yaml',
    );
    expect(diagnostics).toEqual([]);
    expect(scenario?.files).toEqual({ 't.yaml': manifest.replace('${{ name }}', 'shop'), 'o.yaml': POD });
  });
});

describe('an include', () => {
  const files = {
    'parts/steps.yaml':
      'parameters: { n: 1, m: { type: string } }\nsteps: [{ say: "${{ n }} ${{ m }}" }]\nalways: [{ a: 1 }]\nteardown: [{ say: down }]',
    'parts/list.yaml': '- say: one\n- include: inner/two.yaml\n',
    'parts/inner/two.yaml': 'steps: [{ say: two }]\nimages: { a: {} }',
    'base.yaml': 'cluster: { nodes: 3, version: "1.30" }\nsetup: [{ say: up }]\nsteps: [{ say: first }]',
  };

  test.each([
    [
      'takes the place of a step',
      'steps: [{ say: a }, { include: parts/list.yaml }, { say: b }]',
      { steps: [{ say: 'a' }, { say: 'one' }, { say: 'two' }, { say: 'b' }], images: { a: {} } },
    ],
    [
      'is told its parameters',
      'parameters: { x: y }\nsteps: [{ include: parts/steps.yaml, with: { m: "${{ x }}" } }]',
      { steps: [{ say: '1 y' }], always: [{ a: 1 }], teardown: [{ say: 'down' }] },
    ],
    [
      'of a whole fragment begins before',
      'include: base.yaml\nsetup: [{ say: own }]\nsteps: [{ say: own }]',
      { setup: [{ say: 'up' }, { say: 'own' }], steps: [{ say: 'first' }, { say: 'own' }] },
    ],
    [
      'decides nothing that the scenario says',
      'include: base.yaml\ncluster: { nodes: 5 }\nsteps: []',
      { cluster: { nodes: 5, version: '1.30' } },
    ],
    [
      'may be in a branch',
      'steps: [{ branch: { name: b, steps: [{ include: parts/list.yaml }] } }]',
      { steps: [{ branch: { name: 'b', steps: [{ say: 'one' }, { say: 'two' }] } }] },
    ],
    [
      'ends what is torn down after its own',
      'steps: [{ include: parts/steps.yaml, with: { m: a } }]\nteardown: [{ say: own }]',
      { teardown: [{ say: 'own' }, { say: 'down' }] },
    ],
  ])('%s', (_name, body, wanted) => {
    expect(expanded(body, files)).toMatchObject(wanted);
  });

  test('is no manifest', () => {
    const text = `${HEAD}steps: [{ include: part.yaml }]\n`;
    const part = 'steps: [{ run: kubectl apply -f . }]\n';
    const { scenario } = loadScenario({ 's.yaml': text, 'part.yaml': part, 'web.yaml': POD }, 's.yaml');
    expect(Object.keys(scenario?.files ?? {})).toEqual(['web.yaml']);
  });

  test('makes another scenario of it, and so do its parameters', () => {
    const digest = (said: string, n: string): string | undefined =>
      loadScenario(
        {
          's.yaml': `${HEAD}parameters: { n: 1 }\nsteps: [{ include: p.yaml }, { say: "n \${{ n }}" }]\n`,
          'p.yaml': `steps: [{ say: ${said} }]\n`,
        },
        's.yaml',
        { set: { n } },
      ).scenario?.digest;
    const digests = [digest('a', '1'), digest('b', '1'), digest('a', '2')];
    expect(new Set(digests).size).toBe(3);
    expect(digest('a', '2')).toBe(digests[2]);
  });

  test('is found where it was written', () => {
    const { source } = expandScenario(
      { ...files, 's.yaml': 'setup: [{ say: x }]\nsteps:\n  - include: parts/list.yaml\n' },
      's.yaml',
    );
    const place = (step: number): unknown => source?.spanOf(pathOfStep(source.value, step));
    expect(place(1)).toMatchObject({ line: 1 });
    expect(place(2)).toMatchObject({ file: 'parts/list.yaml', line: 1 });
    expect(place(3)).toMatchObject({
      file: 'parts/inner/two.yaml',
      via: [
        { file: 'parts/list.yaml', line: 2, column: 12 },
        { file: 's.yaml', line: 3, column: 14 },
      ],
    });
  });
});

describe('a matrix', () => {
  const matrix = { nodes: [1, 3], surge: ['a', 'b'], exclude: [{ nodes: 1, surge: 'b' }] };

  test.each([
    [
      'is each combination, but for those excluded',
      { matrix },
      {},
      ['nodes=1, surge=a', 'nodes=3, surge=a', 'nodes=3, surge=b'],
    ],
    ['is narrowed by what is set', { matrix }, { nodes: '3' }, ['nodes=3, surge=a', 'nodes=3, surge=b']],
    ['takes another value', { matrix }, { nodes: '7' }, ['nodes=7, surge=a', 'nodes=7, surge=b']],
    ['has seeds', { matrix: { n: [1], seeds: 2 } }, {}, ['n=1, seed=1', 'n=1, seed=2']],
    ['has only seeds', { matrix: { seeds: [7, 9] } }, {}, ['seed=7', 'seed=9']],
    ['is one case where there is none', {}, {}, ['']],
  ])('%s', (_name, document, set, titles) => {
    expect(casesOf(document, set).map(({ title }) => title)).toEqual(titles);
  });

  test('is chosen from by some of its values', () => {
    const named = (text: string): readonly string[] =>
      casesNamed(casesOf({ matrix }), text).map(({ title }) => title);
    expect(named('nodes=1')).toEqual(['nodes=1, surge=a']);
    expect(named('surge=b,nodes=3')).toEqual(['nodes=3, surge=b']);
    expect(named('surge=a')).toHaveLength(2);
    expect(named('nodes=2')).toEqual([]);
  });

  test('gives a case its values, and its seed', () => {
    const body = 'matrix: { n: [1, 2], seeds: [5, 6] }\ncluster: { nodes: "${{ n }}" }\nsteps: []';
    expect(expanded(body, {}, { case: 'n=2,seed=6' })).toMatchObject({ cluster: { nodes: 2 }, seed: '6' });
    expect(expanded(body)).toMatchObject({ cluster: { nodes: 1 }, seed: '5' });
  });
});
