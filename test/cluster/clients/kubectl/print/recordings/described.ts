import {
  describeObject,
  describesEvents,
} from '../../../../../../src/cluster/clients/kubectl/print/describe/describe-object.ts';
import type { Surroundings } from '../../../../../../src/cluster/clients/kubectl/print/describe/surroundings.ts';
import type { KubeObject } from '../../../../../../src/cluster/objects/kube-object.ts';
import type {
  CoreEvent,
  EndpointSlice,
  Endpoints,
  Lease,
  Pod,
  ReplicaSet,
} from '../../../../../../src/cluster/objects/kubernetes.ts';
import { type KindState, statesOf } from './cluster-at.ts';
import type { Recording } from './recording.ts';

/** A recorded description, and when it was printed. */
export interface RecordedDescription {
  readonly recording: Recording;
  readonly text: string;
  /** How many objects the command described. */
  readonly count: number;
  readonly beginMs: number;
  readonly endMs: number;
}

/** One description an object; two blank lines were between them. */
export function splitDescriptions(output: string): readonly string[] {
  const parts = output.split(/\n\n\n(?=Name:)/);
  return parts.map((part, index) => (index < parts.length - 1 ? `${part}\n` : part));
}

export function nameIn(description: string): string {
  return /^Name: +(\S+)/.exec(description)?.[1] ?? '';
}

/** Whether some state of the cluster around that time makes the description of an object of some kind. */
export function isDescribed(described: RecordedDescription, kinds: readonly string[]): boolean {
  return kinds.some((kind) =>
    objectsOf(described, kind).some((object) => isDescriptionOf(object, described)),
  );
}

function objectsOf({ recording, text, beginMs, endMs }: RecordedDescription, kind: string): KubeObject[] {
  return statesOf(recording, kind, beginMs, endMs)
    .toReversed()
    .flatMap((state) =>
      state.filter(
        ({ metadata }) =>
          metadata.name === nameIn(text) && (kind === 'Node' || metadata.namespace === recording.namespace),
      ),
    );
}

function isDescriptionOf(object: KubeObject, described: RecordedDescription): boolean {
  const { recording, text, count, beginMs, endMs } = described;
  const { version } = recording;
  // Most likely the newest is what was seen.
  const around = (kind: string) => statesOf(recording, kind, beginMs, endMs).toReversed();
  const eventStates = describesEvents(count, { version }) ? around('Event') : [undefined];
  const hasPods = !['Pod', 'Job', 'CronJob', 'Service'].includes(object.kind);
  const podStates = hasPods ? around('Pod') : [[]];
  const rest = {
    endpointSlices: around('EndpointSlice')[0] as unknown as readonly EndpointSlice[],
    endpoints: around('Endpoints')[0] as unknown as readonly Endpoints[],
    replicaSets: around('ReplicaSet')[0] as unknown as readonly ReplicaSet[],
    lease: leaseIn(text),
  };
  return eventStates.some((events) =>
    podStates.some((pods) => {
      const known = events as unknown as readonly CoreEvent[] | undefined;
      const surroundings: Surroundings = {
        ...rest,
        pods: podsAround(object, pods),
        ...(known === undefined ? {} : { events: known }),
      };
      return isPrintedAround(object, surroundings, described);
    }),
  );
}

function podsAround(object: KubeObject, pods: KindState): readonly Pod[] {
  const all = pods as unknown as readonly Pod[];
  if (object.kind !== 'Node') return all;
  const hasEnded = ({ status }: Pod) => status?.phase === 'Succeeded' || status?.phase === 'Failed';
  return all.filter((pod) => pod.spec.nodeName === object.metadata.name && !hasEnded(pod));
}

function isPrintedAround(
  object: KubeObject,
  surroundings: Surroundings,
  { recording, text, beginMs, endMs }: RecordedDescription,
): boolean {
  const { startMs, version } = recording;
  for (let atMs = beginMs; atMs <= endMs; atMs += 10) {
    const printed = describeObject(object, surroundings, { now: startMs + atMs, version });
    if (comparable(printed, object) === comparable(text, object)) return true;
  }
  return false;
}

/** The events about nodes are older than the recordings, which do not hold them. */
function comparable(text: string, { kind }: KubeObject): string {
  return withoutOwners(kind === 'Node' ? text.replace(/^Events:.*/ms, '') : text);
}

/**
 * The recorder left the owners of fields (`f:spec:`) out of final.txt, and with them every line that looks
 * so.
 */
export function withoutOwners(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.includes('f:'))
    .join('\n');
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Leases were not recorded; a node's is what its description says of it. */
function leaseIn(text: string): Lease | string {
  const [, holderIdentity = '', acquired = '', renewed = ''] =
    /HolderIdentity: +(\S+)\n +AcquireTime: +(.*)\n +RenewTime: +(.*)\n/.exec(text) ?? [];
  const [acquireTime, renewTime] = [acquired, renewed].map((time) => {
    const [, day, month = '', year, clock] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+) /.exec(time) ?? [];
    const number = String(MONTHS.indexOf(month) + 1).padStart(2, '0');
    return day === undefined ? undefined : `${year}-${number}-${day}T${clock}.000000Z`;
  });
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: {},
    spec: {
      holderIdentity,
      ...(acquireTime === undefined ? {} : { acquireTime }),
      ...(renewTime === undefined ? {} : { renewTime }),
    },
  } as Lease;
}
