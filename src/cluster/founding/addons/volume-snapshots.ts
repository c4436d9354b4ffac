import type { JSONSchemaProps } from '../../objects/kubernetes.ts';
import { SNAPSHOT_GROUP as group } from '../../objects/volume-snapshots.ts';
import type { Defined } from './definition.ts';
import { AGE, column, record, TEXT } from './schema-words.ts';

const WHOLE: JSONSchemaProps = { type: 'integer', format: 'int64' };
const TIME: JSONSchemaProps = { type: 'string', format: 'date-time' };
const POLICY: JSONSchemaProps = { type: 'string', enum: ['Delete', 'Retain'] };
const EITHER: JSONSchemaProps = { 'x-kubernetes-int-or-string': true };
const ERROR = record({ message: TEXT, time: TIME });

/** Two names of which one is given, and given once. */
function sourceOf(first: string, second: string): JSONSchemaProps {
  const [a, b] = [`has(self.${first})`, `has(self.${second})`];
  const once = (name: string): JSONSchemaProps => ({
    ...TEXT,
    'x-kubernetes-validations': [{ rule: 'self == oldSelf', message: `${name} is immutable` }],
  });
  const message = `exactly one of ${first} and ${second} must be set`;
  return {
    ...record({ [first]: once(first), [second]: once(second) }),
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
        columns: [column('Driver', '.driver'), column('DeletionPolicy', '.deletionPolicy'), AGE],
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
          spec: record(
            {
              deletionPolicy: POLICY,
              driver: TEXT,
              source: sourceOf('volumeHandle', 'snapshotHandle'),
              sourceVolumeMode: TEXT,
              volumeSnapshotClassName: TEXT,
              volumeSnapshotRef: record(
                Object.fromEntries(
                  ['apiVersion', 'fieldPath', 'kind', 'name', 'namespace', 'resourceVersion', 'uid'].map(
                    (name) => [name, TEXT],
                  ),
                ),
              ),
            },
            'deletionPolicy',
            'driver',
            'source',
            'volumeSnapshotRef',
          ),
          status: record({
            creationTime: WHOLE,
            error: ERROR,
            readyToUse: { type: 'boolean' },
            restoreSize: { ...WHOLE, minimum: 0 },
            snapshotHandle: TEXT,
          }),
        },
        columns: [
          column('ReadyToUse', '.status.readyToUse', 'boolean'),
          column('RestoreSize', '.status.restoreSize', 'integer'),
          column('DeletionPolicy', '.spec.deletionPolicy'),
          column('Driver', '.spec.driver'),
          column('VolumeSnapshotClass', '.spec.volumeSnapshotClassName'),
          column('VolumeSnapshot', '.spec.volumeSnapshotRef.name'),
          column('VolumeSnapshotNamespace', '.spec.volumeSnapshotRef.namespace'),
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
          spec: record(
            {
              source: sourceOf('persistentVolumeClaimName', 'volumeSnapshotContentName'),
              volumeSnapshotClassName: TEXT,
            },
            'source',
          ),
          status: record({
            boundVolumeSnapshotContentName: TEXT,
            creationTime: TIME,
            error: ERROR,
            readyToUse: { type: 'boolean' },
            restoreSize: EITHER,
          }),
        },
        columns: [
          column('ReadyToUse', '.status.readyToUse', 'boolean'),
          column('SourcePVC', '.spec.source.persistentVolumeClaimName'),
          column('SourceSnapshotContent', '.spec.source.volumeSnapshotContentName'),
          column('RestoreSize', '.status.restoreSize'),
          column('SnapshotClass', '.spec.volumeSnapshotClassName'),
          column('SnapshotContent', '.status.boundVolumeSnapshotContentName'),
          column('CreationTime', '.status.creationTime', 'date'),
          AGE,
        ],
      },
    ],
  },
];
