import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../src/cluster/objects/cel/evaluate.ts';
import { storyOf } from '../../support/story-of.ts';

describe('an expression', () => {
  const variables = { self: { list: [1n, 2n, 3n], name: 'web', limit: '1Gi', labels: { app: 'x' } } };
  test.each<[string, unknown]>([
    ['self.list.sum() == 6 && self.list.isSorted() && self.list.max() == 3', true],
    ["quantity(self.limit).isGreaterThan(quantity('512Mi'))", true],
    ["quantity('1').add(quantity('500m')).compareTo(quantity('1500m')) == 0", true],
    ["self.?labels.?env.orValue('none')", 'none'],
    ["'abc 123'.find('[0-9]+')", '123'],
    ["'%s has %d'.format([self.name, size(self.list)])", 'web has 3'],
    ['sets.contains(self.list, [1, 3])', true],
    ['self.list.all(x, x > 0) && !self.list.exists(x, x > 3)', true],
    ["self.name.matches('^[a-z]+$')", true],
    ["isQuantity('a lot')", false],
  ])('%s', (expression, value) => expect(evaluate(expression, variables)).toEqual({ ok: true, value }));

  test.each<[string, string]>([
    ['self.image', 'no such key: image'],
    ['1 / 0', 'division by zero'],
    ['self.list[5]', 'index out of bounds: 5'],
    ['self.name < 1', 'no such overload'],
    [
      'other == 1',
      "compilation failed: ERROR: <input>:1:1: undeclared reference to 'other' (in container '')\n | other == 1\n | ^",
    ],
  ])('%s goes wrong', (expression, why) =>
    expect(evaluate(expression, variables)).toEqual({ ok: false, why }),
  );
});

const policy = `
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: replica-limit }
spec:
  paramKind: { apiVersion: v1, kind: ConfigMap }
  matchConstraints:
    resourceRules:
      - { apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments] }
  variables:
    - { name: max, expression: "int(params.data.max)" }
  validations:
    - expression: object.spec.replicas <= variables.max
      messageExpression: "'at most ' + string(variables.max) + ' replicas'"
    - { expression: "object.metadata.name != 'forbidden'", reason: Forbidden }
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: everywhere }
spec: { policyName: replica-limit, validationActions: [ACTIONS], paramRef: { name: limit, namespace: default, parameterNotFoundAction: Deny } }
`;

test('a policy denies, or warns, in the words of its bindings', () => {
  const files = {
    'policy.yaml': policy.replace('ACTIONS', 'Deny'),
    'lenient.yaml': policy.replace('ACTIONS', 'Warn'),
  };
  const { said } = storyOf(files, [
    'kubectl apply -f policy.yaml',
    '! kubectl create deployment early --image=nginx:1.27',
    'kubectl create configmap limit --from-literal=max=2',
    'kubectl create deployment web --image=nginx:1.27',
    '! kubectl scale deployment web --replicas=3',
    '! kubectl create deployment many --image=nginx:1.27 --replicas=5',
    '! kubectl create deployment forbidden --image=nginx:1.27',
    'kubectl apply -f lenient.yaml',
    'kubectl create deployment many --image=nginx:1.27 --replicas=5',
  ]);
  const denied = "ValidatingAdmissionPolicy 'replica-limit' with binding 'everywhere' denied request";
  expect(said[1]).toContain(
    'failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction',
  );
  expect(said[3]).toBe('deployment.apps/web created\n');
  expect(said[4]).toContain('at most 2 replicas');
  expect(said[5]).toBe(
    `error: failed to create deployment: deployments.apps "many" is forbidden: ${denied}: at most 2 replicas\n`,
  );
  expect(said[6]).toBe(
    `error: failed to create deployment: deployments.apps "forbidden" is forbidden: ${denied}: failed expression: object.metadata.name != 'forbidden'\n`,
  );
  expect(said[8]).toBe(
    "Warning: Validation failed for ValidatingAdmissionPolicy 'replica-limit' with binding 'everywhere': at most 2 replicas\ndeployment.apps/many created\n",
  );
});

const webhook = (kind: string, name: string, policyOnFailure = 'Fail') => `
apiVersion: admissionregistration.k8s.io/v1
kind: ${kind}WebhookConfiguration
metadata: { name: ${name} }
webhooks:
  - name: ${name}.example.com
    admissionReviewVersions: [v1]
    sideEffects: None
    failurePolicy: ${policyOnFailure}
    timeoutSeconds: 5
    clientConfig: { service: { namespace: default, name: guard, path: /check } }
    rules: [{ apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps] }]
    namespaceSelector: { matchExpressions: [{ key: kubernetes.io/metadata.name, operator: NotIn, values: [kube-system] }] }
`;

test('a webhook answers as the scenario says, as long as anybody is there', () => {
  const files = {
    'guard.yaml': webhook('Validating', 'guard'),
    'label.yaml': webhook('Mutating', 'label'),
    'slow.yaml': webhook('Validating', 'slow'),
    'lenient.yaml': webhook('Validating', 'slow', 'Ignore'),
  };
  const { said } = storyOf(
    files,
    [
      'kubectl apply -f guard.yaml',
      '! kubectl create configmap a',
      'kubectl create configmap a -n kube-system',
      'kubectl create deployment guard --image=registry.k8s.io/pause:3.10',
      'kubectl expose deployment guard --port=443',
      '! kubectl create configmap b',
      'kubectl rollout status deployment guard',
      'kubectl wait --for=condition=Ready pod -l app=guard',
      'kubectl apply -f label.yaml',
      'kubectl create configmap good',
      'kubectl get configmap good -o jsonpath="{.metadata.labels}"',
      '! kubectl create configmap bad',
      'kubectl apply -f slow.yaml',
      '! kubectl create configmap late',
      'kubectl apply -f lenient.yaml',
      'kubectl create configmap late',
    ],
    {
      webhooks: {
        'guard.example.com': [
          { when: "object.metadata.name == 'bad'", deny: 'no bad names' },
          { allow: true },
        ],
        'label.example.com': [{ patch: { metadata: { labels: { checked: 'yes' } } } }],
        'slow.example.com': [{ timeout: true }],
      },
    },
  );
  const failed = (name: string, why: string) =>
    `error: failed to create configmap: Internal error occurred: failed calling webhook "${name}.example.com": failed to call webhook: Post "https://guard.default.svc:443/check?timeout=5s": ${why}\n`;
  expect(said[1]).toBe(failed('guard', 'service "guard" not found'));
  expect(said[2]).toBe('configmap/a created\n');
  expect(said[5]).toBe(failed('guard', 'no endpoints available for service "guard"'));
  expect(said[9]).toBe('configmap/good created\n');
  expect(said[10]).toBe('{"checked":"yes"}');
  expect(said[11]).toBe(
    'error: failed to create configmap: admission webhook "guard.example.com" denied the request: no bad names\n',
  );
  expect(said[13]).toBe(failed('slow', 'context deadline exceeded'));
  expect(said[15]).toBe('configmap/late created\n');
});

test('a policy asks what the one who sends a request may do, and what an account may', () => {
  const check = (who: string): string =>
    `authorizer${who}.group('').resource('configmaps').namespace('default').check('delete').allowed()`;
  const policy = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'tidy' },
    spec: {
      matchConstraints: {
        resourceRules: [
          { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] },
        ],
      },
      validations: [
        { expression: check(''), message: 'who makes it must be able to delete it' },
        { expression: `!${check(".serviceAccount('default', 'default')")}`, message: 'pods must not' },
      ],
    },
  };
  const binding = {
    ...policy,
    kind: 'ValidatingAdmissionPolicyBinding',
    spec: { policyName: 'tidy', validationActions: ['Deny'] },
  };
  const items = { apiVersion: 'v1', kind: 'List', items: [policy, binding] };
  const { said } = storyOf({ 'policy.json': JSON.stringify(items) }, [
    'kubectl apply -f policy.json',
    'kubectl create role maker --verb=create --resource=configmaps',
    'kubectl create rolebinding maker --role=maker --user=jane',
    'sleep 2',
    'kubectl create configmap a',
    '! kubectl create configmap b --as=jane',
    'kubectl create rolebinding pods --clusterrole=edit --serviceaccount=default:default',
    '! kubectl create configmap c',
  ]);
  expect(said[4]).toBe('configmap/a created\n');
  expect(said[5]).toContain('denied request: who makes it must be able to delete it');
  expect(said[7]).toContain('denied request: pods must not');
});
