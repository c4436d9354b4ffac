import { describe, expect, test } from 'vitest';
import { storyOf } from '../../support/story-of.ts';

const definition = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: crontabs.stable.example.com }
spec:
  group: stable.example.com
  scope: Namespaced
  names: { plural: crontabs, singular: crontab, kind: CronTab, shortNames: [ct] }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              required: [cronSpec]
              properties:
                cronSpec: { type: string, pattern: '^(\\d+|\\*)(/\\d+)?(\\s+(\\d+|\\*)(/\\d+)?){4}$' }
                replicas: { type: integer, minimum: 1, maximum: 10, default: 1 }
            status:
              type: object
              properties: { replicas: { type: integer }, selector: { type: string } }
      subresources:
        status: {}
        scale: { specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas }
      additionalPrinterColumns:
        - { name: Spec, type: string, jsonPath: .spec.cronSpec }
        - { name: Replicas, type: integer, jsonPath: .spec.replicas }
        - { name: Ready, type: integer, jsonPath: .status.replicas, priority: 1 }
        - { name: Age, type: date, jsonPath: .metadata.creationTimestamp }
    - { name: v1beta1, served: true, storage: false, deprecated: true, schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } } }
`;
const cronTab = (name: string, spec: string) =>
  `{ apiVersion: stable.example.com/v1, kind: CronTab, metadata: { name: ${name} }, spec: ${spec} }`;

describe('objects of a kind that a definition describes', () => {
  const { said, objects } = storyOf(
    {
      'crd.yaml': definition,
      'good.yaml': cronTab('good', '{ cronSpec: "0 3 * * *" }'),
      'bad.yaml': cronTab('bad', '{ cronSpec: "0 3", replicas: 15 }'),
      'odd.yaml': cronTab('odd', '{ cronSpec: "0 3 * * *", colour: red }'),
      'many.yaml': cronTab('many', '{ cronSpec: "0 3 * * *", replicas: many }'),
    },
    [
      'kubectl apply -f crd.yaml',
      '! kubectl create -f bad.yaml',
      '! kubectl apply -f odd.yaml',
      'kubectl apply -f odd.yaml --validate=warn',
      '! kubectl create -f many.yaml',
      'kubectl apply -f good.yaml',
      'kubectl get ct good',
      'kubectl get ct good -o wide --no-headers',
      'kubectl scale ct good --replicas=4',
      'kubectl get ct good -o jsonpath="{.spec.replicas} {.metadata.generation}"',
      `kubectl patch ct good --subresource=status --type=merge -p '{"status":{"replicas":4,"x":1}}'`,
      'kubectl get ct good -o jsonpath="{.status} {.metadata.generation}"',
      `! kubectl patch ct good --type=merge -p '{"spec":{"replicas":0}}'`,
      'kubectl apply --server-side -f good.yaml --force-conflicts',
      '! kubectl apply --server-side -f odd.yaml --force-conflicts',
      'kubectl get crontabs.v1beta1.stable.example.com good -o jsonpath="{.apiVersion}"',
      'kubectl explain ct.spec.cronSpec',
      'kubectl explain ct',
    ],
  );

  test('are refused where they are not as it says', () => {
    expect(said[1]).toBe(
      `The CronTab "bad" is invalid: \n* spec.cronSpec: Invalid value: "0 3": spec.cronSpec in body should match '^(\\d+|\\*)(/\\d+)?(\\s+(\\d+|\\*)(/\\d+)?){4}$'\n* spec.replicas: Invalid value: 15: spec.replicas in body should be less than or equal to 10\n`,
    );
    expect(said[4]).toBe(
      'The CronTab "many" is invalid: spec.replicas: Invalid value: "string": spec.replicas in body must be of type integer: "string"\n',
    );
    expect(said[12]).toBe(
      'The CronTab "good" is invalid: spec.replicas: Invalid value: 0: spec.replicas in body should be greater than or equal to 1\n',
    );
  });

  test('have no other fields', () => {
    expect(said[2]).toBe(
      'Error from server (BadRequest): error when creating "odd.yaml": CronTab in version "v1" cannot be handled as a CronTab: strict decoding error: unknown field "spec.colour"\n',
    );
    expect(said[3]).toBe('Warning: unknown field "spec.colour"\ncrontab.stable.example.com/odd created\n');
    expect(objects('crontabs.stable.example.com').at(-1)).toMatchObject({
      spec: { cronSpec: '0 3 * * *', replicas: 1 },
    });
    expect(said[14]).toContain('.spec.colour: field not declared in schema');
  });

  test('are printed in columns of their own', () => {
    expect(said[6]).toMatch(/^NAME +SPEC +REPLICAS +AGE\ngood +0 3 \* \* \* +1 +\d+s\n$/);
    expect(said[7]).toMatch(/^good +0 3 \* \* \* +1 +\d+s\n$/);
  });

  test('are answered in the version that is asked for', () => {
    expect(said[15]).toBe(
      'Warning: stable.example.com/v1beta1 CronTab is deprecated\nstable.example.com/v1beta1',
    );
  });

  test('are explained by their definition', () => {
    expect(said[16]).toContain('FIELD: cronSpec <string>');
    expect(said[17]).toContain('  metadata\t<ObjectMeta>\n');
  });

  test('are scaled, and have a status of their own', () => {
    expect(said[8]).toBe('crontab.stable.example.com/good scaled\n');
    expect(said[9]).toBe('4 2');
    expect(said[11]).toBe('{"replicas":4} 2');
  });
});
