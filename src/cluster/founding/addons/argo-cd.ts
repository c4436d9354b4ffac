import type { Defined } from './definition.ts';
import { ANYTHING, column, TEXT } from './schema-words.ts';

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
          column('Sync Status', '.status.sync.status'),
          column('Health Status', '.status.health.status'),
          { ...column('Revision', '.status.sync.revision'), priority: 10 },
          { ...column('Project', '.spec.project'), priority: 10 },
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
