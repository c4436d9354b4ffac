import { expect, test } from 'vitest';
import { loadScenario } from '../../../src/scenario/language/load-scenario.ts';

const HEAD = 'cluster: { nodes: 1 }\nsteps:\n  - run: ';
const TEMPLATE = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}-web\n';

test.each([
  ['templates of a chart', 'kubectl apply -f chart/templates', 'this belongs to a Helm chart'],
  ['one template without its chart', 'kubectl apply -f loose.yaml', 'this belongs to a Helm chart'],
  ['what says how a chart is called', 'kubectl apply -f chart/Chart.yaml', 'this belongs to a Helm chart'],
  ['helm itself', 'helm install web chart', 'helm is not simulated'],
])('%s: it has to be rendered', (_, line, message) => {
  const files = {
    's.yaml': HEAD + line,
    'loose.yaml': TEMPLATE,
    'chart/Chart.yaml': 'apiVersion: v2\nname: web\n',
    'chart/templates/service.yaml': TEMPLATE,
  };
  const { scenario, diagnostics } = loadScenario(files, 's.yaml');
  expect(scenario).toBeUndefined();
  expect(diagnostics).toEqual([
    expect.objectContaining({
      message: expect.stringContaining(message),
      hint: expect.stringContaining('helm template NAME CHART > rendered.yaml'),
    }),
  ]);
});

test('braces of other programs are no chart', () => {
  const text =
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { a: "{{workflow.name}} {{ .Values.x }}" }\n';
  const { scenario } = loadScenario({ 's.yaml': `${HEAD}kubectl apply -f a.yaml`, 'a.yaml': text }, 's.yaml');
  expect(scenario).toBeDefined();
});
