import type { Defined } from './definition.ts';
import { AGE, ANYTHING, column, record, TEXT } from './schema-words.ts';

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
          spec: record(
            {
              targetRef: record({ apiVersion: TEXT, kind: TEXT, name: TEXT }, 'kind', 'name'),
              updatePolicy: record({
                updateMode: {
                  ...TEXT,
                  enum: ['Off', 'Initial', 'Recreate', 'InPlaceOrRecreate', 'Auto'],
                },
                minReplicas: { type: 'integer', format: 'int32' },
                evictionRequirements: { type: 'array', items: ANYTHING },
              }),
              resourcePolicy: ANYTHING,
              recommenders: { type: 'array', items: ANYTHING },
            },
            'targetRef',
          ),
          status: ANYTHING,
        },
        columns: [
          column('Mode', '.spec.updatePolicy.updateMode'),
          column('CPU', `${FIRST}.cpu`),
          column('Mem', `${FIRST}.memory`),
          column('Provided', ".status.conditions[?(@.type=='RecommendationProvided')].status"),
          AGE,
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
