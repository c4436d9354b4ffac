import type { JSONSchemaProps } from '../../objects/kubernetes.ts';
import { SNAPSHOT_GROUP as group } from '../../objects/volume-snapshots.ts';
import type { Defined } from './definition.ts';

const TEXT: JSONSchemaProps = { type: 'string' };
const WHOLE: JSONSchemaProps = { type: 'integer', format: 'int64' };
const TIME: JSONSchemaProps = { type: 'string', format: 'date-time' };
const POLICY: JSONSchemaProps = { type: 'string', enum: ['Delete', 'Retain'] };
const EITHER: JSONSchemaProps = { 'x-kubernetes-int-or-string': true };
const ERROR: JSONSchemaProps = { type: 'object', properties: { message: TEXT, time: TIME } };

const AGE = { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' };

/** Two names of which one is given, and given once. */
function sourceOf(first: string, second: string): JSONSchemaProps {
  const [a, b] = [`has(self.${first})`, `has(self.${second})`];
  const once = (name: string): JSONSchemaProps => ({
    ...TEXT,
    'x-kubernetes-validations': [{ rule: 'self == oldSelf', message: `${name} is immutable` }],
  });
  const message = `exactly one of ${first} and ${second} must be set`;
  return {
    type: 'object',
    properties: { [first]: once(first), [second]: once(second) },
    'x-kubernetes-validations': [{ rule: `(${a} && !${b}) || (!${a} && ${b})`, message }],
  };
}

/** What external-snapshotter's manifests define (client/config/crd), as far as anybody looks at it. */
export const VOLUME_SNAPSHOTS: readonly Defined[] = [
  {
    group,
    kind: 'VolumeSnapshotClass',
    plural: 'volumesnapshotclasses',
    shortNames: ['vsclass', 'vsclasses'],
    isOfCluster: true,
    versions: [
      {
        name: 'v1',
        required: ['deletionPolicy', 'driver'],
        fields: {
          deletionPolicy: POLICY,
          driver: TEXT,
          parameters: { type: 'object', additionalProperties: TEXT },
        },
        columns: [
          { name: 'Driver', type: 'string', jsonPath: '.driver' },
          { name: 'DeletionPolicy', type: 'string', jsonPath: '.deletionPolicy' },
          AGE,
        ],
        hasStatus: false,
      },
    ],
  },
  {
    group,
    kind: 'VolumeSnapshotContent',
    shortNames: ['vsc', 'vscs'],
    isOfCluster: true,
    versions: [
      {
        name: 'v1',
        required: ['spec'],
        fields: {
          spec: {
            type: 'object',
            required: ['deletionPolicy', 'driver', 'source', 'volumeSnapshotRef'],
            properties: {
              deletionPolicy: POLICY,
              driver: TEXT,
              source: sourceOf('volumeHandle', 'snapshotHandle'),
              sourceVolumeMode: TEXT,
              volumeSnapshotClassName: TEXT,
              volumeSnapshotRef: {
                type: 'object',
                properties: Object.fromEntries(
                  ['apiVersion', 'fieldPath', 'kind', 'name', 'namespace', 'resourceVersion', 'uid'].map(
                    (name) => [name, TEXT],
                  ),
                ),
              },
            },
          },
          status: {
            type: 'object',
            properties: {
              creationTime: WHOLE,
              error: ERROR,
              readyToUse: { type: 'boolean' },
              restoreSize: { ...WHOLE, minimum: 0 },
              snapshotHandle: TEXT,
            },
          },
        },
        columns: [
          { name: 'ReadyToUse', type: 'boolean', jsonPath: '.status.readyToUse' },
          { name: 'RestoreSize', type: 'integer', jsonPath: '.status.restoreSize' },
          { name: 'DeletionPolicy', type: 'string', jsonPath: '.spec.deletionPolicy' },
          { name: 'Driver', type: 'string', jsonPath: '.spec.driver' },
          { name: 'VolumeSnapshotClass', type: 'string', jsonPath: '.spec.volumeSnapshotClassName' },
          { name: 'VolumeSnapshot', type: 'string', jsonPath: '.spec.volumeSnapshotRef.name' },
          { name: 'VolumeSnapshotNamespace', type: 'string', jsonPath: '.spec.volumeSnapshotRef.namespace' },
          AGE,
        ],
      },
    ],
  },
  {
    group,
    kind: 'VolumeSnapshot',
    shortNames: ['vs'],
    versions: [
      {
        name: 'v1',
        required: ['spec'],
        fields: {
          spec: {
            type: 'object',
            required: ['source'],
            properties: {
              source: sourceOf('persistentVolumeClaimName', 'volumeSnapshotContentName'),
              volumeSnapshotClassName: TEXT,
            },
          },
          status: {
            type: 'object',
            properties: {
              boundVolumeSnapshotContentName: TEXT,
              creationTime: TIME,
              error: ERROR,
              readyToUse: { type: 'boolean' },
              restoreSize: EITHER,
            },
          },
        },
        columns: [
          { name: 'ReadyToUse', type: 'boolean', jsonPath: '.status.readyToUse' },
          { name: 'SourcePVC', type: 'string', jsonPath: '.spec.source.persistentVolumeClaimName' },
          {
            name: 'SourceSnapshotContent',
            type: 'string',
            jsonPath: '.spec.source.volumeSnapshotContentName',
          },
          { name: 'RestoreSize', type: 'string', jsonPath: '.status.restoreSize' },
          { name: 'SnapshotClass', type: 'string', jsonPath: '.spec.volumeSnapshotClassName' },
          { name: 'SnapshotContent', type: 'string', jsonPath: '.status.boundVolumeSnapshotContentName' },
          { name: 'CreationTime', type: 'date', jsonPath: '.status.creationTime' },
          AGE,
        ],
      },
    ],
  },
];
