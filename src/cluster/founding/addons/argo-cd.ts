import type { Defined } from './definition.ts';

const ANYTHING = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } as const;
const TEXT = { type: 'string' } as const;

/** argo-cd: manifests/crds. Their status is no subresource. */
export const ARGO_CD: readonly Defined[] = [
  {
    group: 'argoproj.io',
    kind: 'Application',
    shortNames: ['app', 'apps'],
    versions: [
      {
        name: 'v1alpha1',
        fields: {
          operation: ANYTHING,
          spec: {
            type: 'object',
            required: ['destination', 'project'],
            properties: {
              destination: {
                type: 'object',
                properties: { name: TEXT, namespace: TEXT, server: TEXT },
              },
              project: TEXT,
            },
            'x-kubernetes-preserve-unknown-fields': true,
          },
          status: ANYTHING,
        },
        required: ['metadata', 'spec'],
        columns: [
          { name: 'Sync Status', type: 'string', jsonPath: '.status.sync.status' },
          { name: 'Health Status', type: 'string', jsonPath: '.status.health.status' },
          { name: 'Revision', type: 'string', jsonPath: '.status.sync.revision', priority: 10 },
          { name: 'Project', type: 'string', jsonPath: '.spec.project', priority: 10 },
        ],
        hasStatus: false,
      },
    ],
  },
  {
    group: 'argoproj.io',
    kind: 'AppProject',
    shortNames: ['appproj', 'appprojs'],
    versions: [{ name: 'v1alpha1', fields: { spec: ANYTHING, status: ANYTHING }, hasStatus: false }],
  },
];
