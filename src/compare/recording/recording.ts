import type { KubeObject } from '../../cluster/objects/kube-object.ts';
import type { Pod } from '../../cluster/objects/kubernetes.ts';
import { parseKubeVersion } from '../../cluster/objects/versions.ts';
import type { Millis } from '../../kernel/time/millis.ts';
import { parseRfc3339 } from '../../kernel/time/rfc3339.ts';
import { lagOf } from '../lags.ts';
import { nodeNamesOf } from '../normal/node-names.ts';
import type { Play, WatchedChange } from '../play.ts';
import { type Remark, readCommands } from './read-commands.ts';
import type { TraceReading } from './read-trace.ts';
import { faultsOf } from './recorded-faults.ts';
import { restoredObjects } from './recorded-restore.ts';
import { traceEnd } from './trace-end.ts';

/** A play on a real cluster, and what is needed to play it here. */
export interface Recording extends Play {
  /** The manifests that its commands use, by name. */
  readonly files: Readonly<Record<string, string>>;
  /** What was done besides what was typed, as it was noted. */
  readonly remarks: readonly Remark[];
  /** Objects that its watches found there. */
  readonly listed: readonly KubeObject[];
  /** What its reader should know of it. */
  readonly notices?: readonly string[];
}

/** What a recording's folder holds; only the trace must be there. */
export interface RecordingSource {
  /** Of the folder, such as `v1.36/a1-rolling-update-solo`; only its reader minds it. */
  readonly name: string;
  readonly trace: TraceReading;
  /** `meta.json`, `commands.txt` and manifests, by name. */
  readonly files: Readonly<Record<string, string>>;
}

export function recordingOf({ name, trace, files }: RecordingSource): Recording {
  const { changes, listed } = trace;
  const { ns, start_ms: start, version } = metaOf(files['meta.json']);
  const { commands, remarks, endMs } = readCommands(files['commands.txt'] ?? '');
  const minor = parseKubeVersion(version ?? '')?.minor ?? minorOf(trace);
  const startMs = start ?? startOf(changes);
  const lastChange = changes.reduce((latest, { atMs }) => Math.max(latest, atMs), 0);
  const watchedMs = Math.max(endMs, lastChange, ...commands.map((command) => command.endMs));
  const manifests = Object.entries(files).filter(([file]) => /\.ya?ml$/.test(file));
  const recording: Recording = {
    name,
    minor,
    namespace: ns ?? namespaceOf(changes),
    startMs,
    endMs: watchedMs,
    watchedMs: traceEnd(trace, commands) ?? watchedMs,
    lagMs: lagOf({ minor, changes, startMs }),
    commands,
    remarks,
    changes: changes.filter(({ object }) => !isOfOthers(object, { ns, texts: Object.values(files) })),
    files: Object.fromEntries(manifests.sort(([a], [b]) => (a < b ? -1 : 1))),
    listed,
  };
  const nodes = nodeNamesOf([...listed, ...changes.map(({ object }) => object)]);
  const struck = faultsOf(remarks, { nodes }).flatMap(({ node }) => node ?? []);
  const restored = restoredObjects(recording);
  return {
    ...recording,
    ...(struck.length > 0 && { struck }),
    ...(restored.length > 0 && { restored }),
  };
}

/** Objects of no namespace that nobody here speaks of: others used the same cluster (README 1.36, 3.14). */
function isOfOthers(
  { kind, metadata: { namespace, name = '' }, ...rest }: KubeObject,
  { ns, texts }: { readonly ns: string | undefined; readonly texts: readonly string[] },
): boolean {
  if (namespace !== undefined || kind === 'Node' || kind === 'Namespace' || name === ns) return false;
  const { claimRef } = (rest as { spec?: { claimRef?: { namespace?: string } } }).spec ?? {};
  return claimRef?.namespace !== ns && !texts.some((text) => text.includes(name));
}

interface Meta {
  readonly ns?: string;
  readonly start_ms?: Millis;
  /** `1.31.4` */
  readonly version?: string;
}

function metaOf(text = '{}'): Meta {
  try {
    const { ns, start_ms, version } = JSON.parse(text) as Record<string, unknown>;
    return {
      ...(typeof ns === 'string' && { ns }),
      ...(typeof start_ms === 'number' && { start_ms }),
      ...(typeof version === 'string' && { version }),
    };
  } catch {
    return {};
  }
}

/** The namespace that most was written to, but for those that every cluster has. */
export function namespaceOf(changes: readonly WatchedChange[]): string {
  const counts = new Map<string, number>();
  for (const { object } of changes) {
    const { namespace = '' } = object.metadata;
    if (/^$|^kube-|^default$/.test(namespace)) continue;
    counts.set(namespace, (counts.get(namespace) ?? 0) + 1);
  }
  const [first] = [...counts].sort((a, b) => b[1] - a[1]);
  return first?.[0] ?? 'default';
}

/** What was created is stamped in whole seconds: the earliest beginning that no stamp contradicts. */
function startOf(changes: readonly WatchedChange[]): number {
  const begins = changes.flatMap(({ atMs, type, object }) => {
    const createdMs = parseRfc3339(object.metadata.creationTimestamp ?? '');
    return type === 'ADDED' && createdMs !== undefined ? [createdMs - atMs] : [];
  });
  return begins.length === 0 ? 0 : Math.round(begins.reduce((latest, one) => Math.max(latest, one)));
}

/** As a kubelet says, or what only newer versions write. */
export function minorOf({ changes, listed }: Pick<TraceReading, 'changes' | 'listed'>): number {
  const objects = [...listed, ...changes.map(({ object }) => object)];
  for (const object of objects) {
    const { status } = object as { status?: { nodeInfo?: { kubeletVersion?: string } } };
    const version = parseKubeVersion((status?.nodeInfo?.kubeletVersion ?? '').replace(/[-+].*$/, ''));
    if (version && version.minor > 0) return version.minor;
  }
  const pods = objects.filter(({ kind }) => kind === 'Pod') as Pod[];
  if (pods.some(({ metadata }) => metadata.generation !== undefined)) return 36;
  const volumes = pods.flatMap(({ spec }) => spec?.volumes ?? []);
  if (volumes.some((volume) => volume.name.startsWith('kube-api-access-'))) return 24;
  return pods.length > 0 && volumes.some(({ secret }) => /-token-/.test(secret?.secretName ?? '')) ? 20 : 36;
}
