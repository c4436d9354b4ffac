import { describe, expect, test } from 'vitest';
import type { Files } from '../../../../../src/cluster/clients/files.ts';
import { typeLines } from '../../type-lines.ts';

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: c, image: x}]}\n';

function typed(line: string, files: Files, minor = 36) {
  const [command] = typeLines([[1000, line]], { files, minor }).commands;
  return command;
}

/** What stands in complaints of a real kustomize besides (where a file is on that machine) is left out. */
describe('kustomize refuses', () => {
  test.each([
    ['resources: [b.yaml]', "accumulating resources from 'b.yaml': b.yaml: no such file"],
    [
      'resources: [a.yaml, a.yaml]',
      'may not add resource with an already registered id: Pod.v1.[noGrp]/a.[noNs]',
    ],
    ['resources: [.]', 'cycle detected'],
    ['resources: [a.yaml]\npatches: [{path: p.yaml}]', 'failed to get the patch file from path(p.yaml)'],
    [
      'resources: [a.yaml]\npatchesStrategicMerge: ["{apiVersion: v1, kind: Pod,\\nmetadata: {name: b}}"]',
      'no matches for Id Pod.v1.[noGrp]/b.[noNs]',
    ],
    ['resources: [a.yaml]\npatches: [{patch: "[]"}]', 'must specify a target for JSON patch'],
    ['components: [x]', 'no such directory'],
    ['helmCharts: [x]', 'helmCharts of a kustomization is not simulated'],
    [
      'resources: [a.yaml]\nreplacements: [{source: {kind: Nosuch}, targets: []}]',
      'nothing selected by Nosuch',
    ],
    [
      'resources: [a.yaml]\nreplacements: [{source: {kind: Pod}, targets: [{select: {kind: Pod}, fieldPaths: [spec.nosuch]}]}]',
      'unable to find field "spec.nosuch" in replacement target',
    ],
    [
      'resources: ["https://example.com/a.yaml"]',
      "accumulating resources from 'https://example.com/a.yaml': there is no network here",
    ],
    ['configMapGenerator: [{name: s, behavior: merge}]', 'cannot merge or replace'],
    [
      'images: 3',
      'invalid Kustomization: json: cannot unmarshal number into Go struct field Kustomization.images of type []types.Image',
    ],
    [
      'resources: [a.yaml]\npatches: [p.yaml]',
      'invalid Kustomization: json: cannot unmarshal string into Go struct field Kustomization.patches of type types.Patch',
    ],
    [
      'resources: [{ a: b }]',
      'invalid Kustomization: json: cannot unmarshal object into Go struct field Kustomization.resources of type string',
    ],
  ])('%s', (kustomization, complaint) => {
    const files = { 'kustomization.yaml': kustomization, 'a.yaml': POD };
    const command = typed('kubectl kustomize', files);
    expect(command).toMatchObject({ stdout: '', exitCode: 1 });
    expect(command?.stderr).toContain(`error: `);
    expect(command?.stderr).toContain(complaint);
  });

  test('a folder without a kustomization', () => {
    expect(typed('kubectl kustomize d', { 'd/a.yaml': POD })?.stderr).toContain('unable to find one of');
    expect(typed('kubectl kustomize nosuch', { 'd/a.yaml': POD })?.stderr).toContain('not a valid directory');
  });
});

test('the folder itself is meant when none is named, and it may have any of three names', () => {
  for (const name of ['kustomization.yaml', 'kustomization.yml', 'Kustomization']) {
    const files = { [name]: 'resources: [a.yaml]\nnamePrefix: x-', 'a.yaml': POD };
    expect(typed('kubectl kustomize', files)?.stdout).toContain('name: x-a\n');
    expect(typed('kubectl apply -k .', files)?.stdout).toBe('pod/x-a created\n');
  }
});

test.each`
  minor | warns
  ${24} | ${false}
  ${30} | ${false}
  ${31} | ${true}
`('commonLabels is out of date for kubectl 1.$minor: $warns', ({ minor, warns }) => {
  const files = { 'k/kustomization.yaml': 'resources: [a.yaml]\ncommonLabels: {a: b}', 'k/a.yaml': POD };
  expect(typed('kubectl kustomize k', files, minor)?.stderr.includes("'commonLabels' is deprecated")).toBe(
    warns,
  );
});

const HOOK = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: hook }
webhooks: [{ name: a.b.c, clientConfig: { service: { name: svc, namespace: system } } }]
`;
const THING = `apiVersion: example.com/v1
kind: Thing
metadata: { name: thing }
spec: { conf: { name: settings }, host: "$(SVC).local", labels: {} }
`;
const CONFIGURED: Files = {
  'kustomization.yaml': `resources: [base]
namespace: ns
namePrefix: p-
commonLabels: { app: x }
vars: [{ name: SVC, objref: { apiVersion: v1, kind: Service, name: svc } }]
`,
  'base/kustomization.yaml': `resources: [hook.yaml, thing.yaml, svc.yaml]
configMapGenerator: [{ name: settings, literals: [a=b] }]
configurations: [config.yaml]
`,
  'base/config.yaml': `nameReference: [{ kind: ConfigMap, fieldSpecs: [{ kind: Thing, group: example.com, path: spec/conf/name }] }]
namespace: [{ kind: ValidatingWebhookConfiguration, path: webhooks/clientConfig/service/namespace, create: true }]
varReference: [{ kind: Thing, path: spec/host }]
commonLabels: [{ kind: Thing, path: spec/labels, create: true }]
`,
  'base/hook.yaml': HOOK,
  'base/thing.yaml': THING,
  'base/svc.yaml':
    'apiVersion: v1\nkind: Service\nmetadata: { name: svc }\nspec: { ports: [{ port: 80 }] }\n',
};

test('what a base says under configurations holds for all that is made of it', () => {
  const text = typed('kubectl kustomize .', CONFIGURED)?.stdout ?? '';
  expect(text).toMatch(/service:\n\s+name: p-svc\n\s+namespace: ns\n/);
  expect(text).toMatch(/conf:\n\s+name: p-settings-\w{10}\n/);
  expect(text).toMatch(/host: p-svc\.local\n {2}labels:\n {4}app: x\b/);
});

test('a field of a configuration that makes no difference here is named', () => {
  const files = { ...CONFIGURED, 'base/config.yaml': 'images: [{ path: spec/image }]' };
  expect(typed('kubectl kustomize .', files)?.stderr).toContain(
    "images of a kustomization's configurations is not simulated",
  );
});
