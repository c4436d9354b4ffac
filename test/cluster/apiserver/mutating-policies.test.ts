import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../src/cluster/objects/cel/evaluate.ts';
import { jsonOf, withoutMessages } from '../../../src/cluster/objects/cel/message-literals.ts';
import { typeInCluster } from '../clients/type-in-cluster.ts';

describe('messages in an expression', () => {
  test.each<[expression: string, value: unknown]>([
    ['Object{metadata: Object.metadata{labels: {"a": "b"}}}', { metadata: { labels: { a: 'b' } } }],
    ['[JSONPatch{op: "add", path: "/spec/x", value: 1}]', [{ op: 'add', path: '/spec/x', value: 1 }]],
    ['Object{spec: Object.spec{replicas: true ? 2 : 3}}', { spec: { replicas: 2 } }],
    ['"Object{a: 1}"', 'Object{a: 1}'],
    [
      'Object{spec: Object.spec{list: [Object.spec.list{name: "x"}, {"name": "y"}]}}',
      { spec: { list: [{ name: 'x' }, { name: 'y' }] } },
    ],
    [
      '[JSONPatch{op: "add", path: "/l/" + jsonpatch.escapeKey("a/b~c")}]',
      [{ op: 'add', path: '/l/a~1b~0c' }],
    ],
  ])('%s', (expression, value) => {
    const result = evaluate(withoutMessages(expression), {});
    expect(result.ok ? jsonOf(result.value) : result.why).toEqual(value);
  });
});

const policy = (name: string, spec: string, mutation: string): string => `
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingAdmissionPolicy
metadata: { name: ${name} }
spec:
  matchConstraints: { resourceRules: [{ apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods] }] }
  reinvocationPolicy: Never
${spec}
  mutations:
    - ${mutation}
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingAdmissionPolicyBinding
metadata: { name: ${name} }
spec: { policyName: ${name} }
---`;

const POLICIES = [
  policy(
    'a-sidecar',
    '  matchConditions: [{ name: alone, expression: "size(object.spec.containers) == 1" }]\n  variables: [{ name: tag, expression: "\'1.36\'" }]',
    `patchType: ApplyConfiguration
      applyConfiguration:
        expression: >
          Object{ spec: Object.spec{ containers: [ Object.spec.containers{ name: "side", image: "busybox:" + variables.tag, command: ["sleep", "infinity"] } ] } }`,
  ),
  policy(
    'b-label',
    '',
    `patchType: JSONPatch
      jsonPatch:
        expression: '[JSONPatch{op: "add", path: "/metadata/labels/" + jsonpatch.escapeKey("example.com/seen"), value: string(size(object.spec.containers))}]'`,
  ),
].join('');

test('policies change what is created, one after another', () => {
  const { commands, log } = typeInCluster(
    [
      [1000, 'kubectl apply -f policies.yaml'],
      [2000, 'kubectl run web --image=nginx --labels=app=web'],
      [3000, "kubectl get pod web -o jsonpath='{.spec.containers[*].name} {.metadata.labels}'"],
      [4000, 'kubectl delete pod web --now; kubectl create cm other'],
      [
        9000,
        `kubectl patch mutatingadmissionpolicy b-label --type=json -p '[{"op":"replace","path":"/spec/mutations/0/jsonPatch/expression","value":"[JSONPatch{op: \\"add\\", path: \\"/x\\", value: object.nothing}]"}]'`,
      ],
      [10_000, 'kubectl run broken --image=nginx'],
    ],
    { files: { 'policies.yaml': POLICIES }, until: 11_000 },
  );
  const [, made, seen, , , broken] = commands;
  expect(made?.stdout).toBe('pod/web created\n');
  expect(seen?.stdout).toBe('side web {"app":"web","example.com/seen":"2"}');
  expect(broken?.stderr).toContain(
    "MutatingAdmissionPolicy 'b-label' with binding 'b-label' denied request: expression '[JSONPatch{op: \"add\", path: \"/x\", value: object.nothing}]' resulted in error: no such key: nothing",
  );
  expect(log.some(({ event }) => event.type === 'NoticeGiven' && /polic/i.test(event.about))).toBe(false);
});
