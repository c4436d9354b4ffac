import { parseAllDocuments, stringify } from 'yaml';
import type { ObjectMeta, OwnerReference, Pod } from '../../src/cluster/objects/kubernetes.ts';
import type { Millis } from '../../src/kernel/time/millis.ts';
import type { Recording, WatchedChange } from './read-recording.ts';

/** A write that a controller made in a recording, as a command that stands in for it. */
export interface StandIn {
  readonly at: Millis;
  readonly line: string;
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Kinds whose controllers are not simulated: what they did to pods in a recording is typed in their place.
 */
const WITHOUT_CONTROLLER: readonly string[] = [];

/**
 * Owners of pods; one that is missing would have its pods collected, so what stands in for it is owned by
 * nobody.
 */
export function simulatedOwners({ ownerReferences = [] }: ObjectMeta): readonly OwnerReference[] {
  return ownerReferences.filter(({ kind }) => !WITHOUT_CONTROLLER.includes(kind));
}

/** From a typed line to the write that it asks for: the middle of `latencies.kubectl`. */
const KUBECTL_MS = 75;

/**
 * What the controllers did to pods that they made: creations, deletions that nobody typed, finalizers taken
 * off.
 */
export function standInsFor(recording: Recording): readonly StandIn[] {
  const known = new Map<string, Pod>();
  return recording.changes.flatMap((change): StandIn[] => {
    if (change.object.kind !== 'Pod') return [];
    const pod = change.object as Pod;
    const { name = '', ownerReferences = [] } = pod.metadata;
    const before = known.get(name);
    known.set(name, pod);
    if (!ownerReferences.some(({ kind }) => WITHOUT_CONTROLLER.includes(kind))) return [];
    const at = change.atMs - KUBECTL_MS;
    if (!before) {
      const file = `made-by-controller/${name}.yaml`;
      return [{ at, line: `kubectl create -f ${file}`, files: { [file]: podManifest(pod, recording) } }];
    }
    if (!before.metadata.deletionTimestamp && pod.metadata.deletionTimestamp && !wasTyped(change, recording))
      return [{ at, line: `kubectl delete pod ${name} --wait=false`, files: {} }];
    if (before.metadata.finalizers && !pod.metadata.finalizers) {
      const patch = `[{"op":"remove","path":"/metadata/finalizers"}]`;
      return [{ at, line: `kubectl patch pod ${name} --type=json -p '${patch}'`, files: {} }];
    }
    return [];
  });
}

function wasTyped({ object }: WatchedChange, { commands }: Recording): boolean {
  return commands.some(
    ({ line }) => /^kubectl delete /.test(line) && line.includes(object.metadata.name ?? ''),
  );
}

/** As the controller asked for it: its owner's template, with the name that the recording knows it by. */
function podManifest({ metadata }: Pod, { files }: Recording): string {
  const { name, generateName, labels, finalizers } = metadata;
  const spec = Object.values(files)
    .flatMap((text) => parseAllDocuments(text).map((document) => document.toJS()))
    .find((object) => object?.spec?.template && name?.startsWith(`${object.metadata.name}-`))?.spec
    .template.spec;
  return stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, generateName, labels, ...(finalizers && { finalizers }) },
    spec,
  });
}
