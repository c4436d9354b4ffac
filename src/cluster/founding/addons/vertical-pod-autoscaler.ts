import type { JSONSchemaProps } from '../../objects/kubernetes.ts';
import type { Defined } from './definition.ts';

const ANYTHING: JSONSchemaProps = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
const TEXT: JSONSchemaProps = { type: 'string' };
const FIRST = '.status.recommendation.containerRecommendations[0].target';

/** What the manifests of vertical-pod-autoscaler define, as far as anybody looks at it. */
export const VERTICAL_POD_AUTOSCALER: readonly Defined[] = [
  {
    group: 'autoscaling.k8s.io',
    kind: 'VerticalPodAutoscaler',
    shortNames: ['vpa'],
    versions: [
      {
        name: 'v1',
        required: ['spec'],
        fields: {
          spec: {
            type: 'object',
            required: ['targetRef'],
            properties: {
              targetRef: {
                type: 'object',
                required: ['kind', 'name'],
                properties: { apiVersion: TEXT, kind: TEXT, name: TEXT },
              },
              updatePolicy: {
                type: 'object',
                properties: {
                  updateMode: {
                    type: 'string',
                    enum: ['Off', 'Initial', 'Recreate', 'InPlaceOrRecreate', 'Auto'],
                  },
                  minReplicas: { type: 'integer', format: 'int32' },
                  evictionRequirements: { type: 'array', items: ANYTHING },
                },
              },
              resourcePolicy: ANYTHING,
              recommenders: { type: 'array', items: ANYTHING },
            },
          },
          status: ANYTHING,
        },
        columns: [
          { name: 'Mode', type: 'string', jsonPath: '.spec.updatePolicy.updateMode' },
          { name: 'CPU', type: 'string', jsonPath: `${FIRST}.cpu` },
          { name: 'Mem', type: 'string', jsonPath: `${FIRST}.memory` },
          {
            name: 'Provided',
            type: 'string',
            jsonPath: ".status.conditions[?(@.type=='RecommendationProvided')].status",
          },
          { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
        ],
      },
    ],
  },
  {
    group: 'autoscaling.k8s.io',
    kind: 'VerticalPodAutoscalerCheckpoint',
    shortNames: ['vpacheckpoint'],
    versions: [{ name: 'v1', fields: { spec: ANYTHING, status: ANYTHING } }],
  },
];
