import { describe, expect, test } from 'vitest';
import { withDefaults } from '../../../src/cluster/objects/defaults/apply-defaults.ts';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import type { Pod } from '../../../src/cluster/objects/kubernetes.ts';
import { normalizeObject } from '../../../src/cluster/objects/schema/normalize-object.ts';
import { checkShape } from '../../../src/cluster/objects/shape/check-shape.ts';
import { type FieldErrors, formatFieldError } from '../../../src/cluster/objects/validation/field-error.ts';
import { validateCreate, validateUpdate } from '../../../src/cluster/objects/validation/validate-object.ts';
import { hasRecordings, type Recording, readRecording, recordingNames } from './recordings.ts';

describe.skipIf(!hasRecordings)(
  'objects of recorded clusters (skipped without ../shared/groundtruth)',
  () => {
    describe.each(recordingNames())('%s', (name) => {
      const recording = readRecording(name);

      test('have the shape of their kinds', () => {
        const problems = recording.events
          .map(({ object }) => object)
          .filter((object) => isKnownTo136(object, recording))
          .flatMap((object) => checkShape(object, object));
        expect(problems).toEqual([]);
      });

      test('are normalized as the API server left them', () => {
        for (const { object } of recording.events) {
          if (!isKnownTo136(object, recording)) continue;
          expect(withoutGaps(normalizeObject(object, recording.version))).toEqual(withoutGaps(object));
        }
      });

      // A restored etcd turns objects back, which no client could ask for.
      test.skipIf(name.endsWith('e-etcd-restore'))('are valid, as the API server took them', () => {
        const stored = new Map<string, KubeObject>();
        for (const { type, object } of recording.events) {
          if (!object.apiVersion) continue;
          const { kind, metadata } = object;
          const old = stored.get(`${kind} ${metadata.uid}`);
          const errors = old === undefined ? validateCreate(asCreated(object)) : updateErrors(object, old);
          expect(errors.map(formatFieldError), `${type} ${kind} ${metadata.name}`).toEqual([]);
          stored.set(`${kind} ${metadata.uid}`, object);
        }
      });

      test('were written by manifests that have the shape of their kinds', () => {
        const problems = recording.manifests.flatMap((object) => checkShape(object, object));
        // The paths of the host's folders were taken out of the recordings.
        expect(problems.filter(({ path }) => !path.includes('hostPath'))).toEqual([]);
      });

      test('are their manifests with defaults', () => {
        for (const manifest of recording.manifests) {
          const added = recording.events.find(
            ({ type, object }) => type === 'ADDED' && isSame(object, manifest),
          )?.object;
          if (added === undefined) continue;
          const expected = ofTheManifest(added);
          expect(ofTheManifest(withDefaults(manifest, recording.version)), manifest.metadata.name).toEqual(
            expected,
          );
        }
      });
    });
  },
);

/** Some types of 1.20 were different, and objects of a list do not say what they are. */
function isKnownTo136({ apiVersion, kind }: KubeObject, { version }: Recording): boolean {
  if (apiVersion === undefined || apiVersion === 'discovery.k8s.io/v1beta1') return false;
  return version.minor > 20 || kind !== 'StatefulSet';
}

/** Of objects that are older than the recording, what only an update can have set is taken away. */
function asCreated(object: KubeObject): KubeObject {
  const { deletionTimestamp, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** Pods are bound by a request of its own, and the beginning of a deletion is no update. */
function updateErrors(object: KubeObject, old: KubeObject): FieldErrors {
  const before = structuredClone(old) as Pod;
  const after = object as Pod;
  if (object.kind === 'Pod' && after.spec.nodeName !== undefined) before.spec.nodeName = after.spec.nodeName;
  for (const field of ['deletionTimestamp', 'deletionGracePeriodSeconds'] as const) {
    delete before.metadata[field];
    if (after.metadata[field] !== undefined)
      Object.assign(before.metadata, { [field]: after.metadata[field] });
  }
  const version = { minor: 36, patch: 2 };
  return [
    ...validateUpdate(object, before, undefined, version),
    ...validateUpdate(object, before, 'status', version),
  ];
}

function isSame(a: KubeObject, b: KubeObject): boolean {
  return a.kind === b.kind && a.metadata.name === b.metadata.name;
}

interface Spec {
  [field: string]: unknown;
  containers?: { volumeMounts?: Named[] }[];
  initContainers?: { volumeMounts?: Named[] }[];
  volumes?: Named[];
  tolerations?: { key?: string }[];
  template?: { metadata?: { labels?: unknown } };
}

interface Named {
  readonly name: string;
}

/** Fields of specs that admission, the allocators and other components fill in. */
const NOT_OF_THE_MANIFEST = [
  ...['serviceAccount', 'serviceAccountName', 'priority', 'preemptionPolicy', 'nodeName'],
  ...[
    'clusterIP',
    'clusterIPs',
    'ipFamilies',
    'ipFamilyPolicy',
    'volumeName',
    'finalizers',
    'storageClassName',
  ],
  ...['hostPath', 'replicas'],
];

function ofTheManifest(object: KubeObject): Spec {
  const spec: Spec = structuredClone((object as { spec?: Spec }).spec ?? {});
  for (const field of NOT_OF_THE_MANIFEST) delete spec[field];
  for (const container of [...(spec.containers ?? []), ...(spec.initContainers ?? [])]) {
    dropTokens(container, 'volumeMounts');
  }
  dropTokens(spec, 'volumes');
  const added = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];
  if (object.kind === 'Job') {
    delete spec['selector'];
    delete spec.template?.metadata?.labels;
  }
  spec.tolerations = (spec.tolerations ?? []).filter(({ key = '' }) => !added.includes(key));
  return spec;
}

/** The token of its service account, which admission gives to every pod. */
function dropTokens<Field extends string>(owner: { [name in Field]?: Named[] }, field: Field): void {
  owner[field] = (owner[field] ?? []).filter(({ name }) => !/^(kube-api-access|default-token)-/.test(name));
}

/** The recordings leave out some metadata, and what emptied when they did. */
function withoutGaps(object: KubeObject): unknown {
  const { annotations, managedFields, ...metadata } = object.metadata;
  return { ...object, metadata };
}
