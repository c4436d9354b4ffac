import { MINUTE, type Millis, SECOND } from '../../../kernel/time/millis.ts';
import { formatRfc3339Micro } from '../../../kernel/time/rfc3339.ts';
import type { Reaction, View, Wake } from '../../contract/component.ts';
import { fileKey, hostFileSystem } from '../../contract/file-key.ts';
import type { FileRow } from '../../contract/file-row.ts';
import type { MachineRow } from '../../contract/machine-rows.ts';
import { type StaticPodRow, staticPodKey } from '../../contract/static-pod-row.ts';
import { firstTick, gridOf } from '../clock.ts';
import { workPod } from '../pod-worker/work-pod.ts';
import { manifestFiles, manifestHash, readStaticPod, staticPodName } from './read-static-pod.ts';

/** So often a kubelet reads all files of the folder (fileCheckFrequency); what changes it sees at once. */
const CHECK_MS = 20 * SECOND;

/**
 * A kubelet looks at its folder of manifests: a pod for each file, and none for a file that is gone. A file
 * that it can't read leaves the pod of before it alone until all of the folder is read again. Kubelet:
 * config/file.go, file_linux.go.
 */
export function* workManifests(view: View, node: string, now: Millis): Reaction {
  const machine = view.rows.row('machines', node);
  if (!machine?.kubelet.running) return;
  for (const news of newsOf(view, machine)) {
    if (news.at(now) <= now) yield* makeOf(view, machine, news, now);
  }
}

/** A file of which the kubelet has to make something else, or one that is gone. */
interface News {
  readonly path: string;
  readonly file?: FileRow;
  readonly row?: StaticPodRow;
  /** When it does, not before a time. */
  at(from: Millis): Millis;
}

const atOnce = (from: Millis): Millis => from;

function newsOf(view: View, machine: MachineRow): readonly News[] {
  const { rows, chance } = view;
  const { node } = machine;
  const files = manifestFiles(rows, node);
  const gone = rows
    .rowsBy('staticPods', 'node', node)
    .filter((row) => !files.some(({ path }) => path === row.path))
    .map((row): News => ({ path: row.path, row, at: atOnce }));
  const changed = files.flatMap((file): readonly News[] => {
    const { path } = file;
    const row = rows.row('staticPods', staticPodKey(node, path));
    if (!row) return isFree(view, node, file) ? [{ path, file, at: atOnce }] : [];
    if (row.hash !== manifestHash(file)) return [{ path, file, row, at: atOnce }];
    if (row.problem === undefined || row.pod === undefined) return [];
    const checks = gridOf(chance, machine, { purpose: 'manifest check phase', period: CHECK_MS });
    return [{ path, row, at: (from) => firstTick(checks, from) }];
  });
  return [...gone, ...changed];
}

/** A pod begins when no other of its name is there any more. */
function isFree({ rows }: View, node: string, file: FileRow): boolean {
  const named = staticPodName(file, node);
  if (named === undefined) return true;
  return !rows
    .rowsBy('podWorkers', 'node', node)
    .some((worker) => worker.static && worker.namespace === named.namespace && worker.name === named.name);
}

function* makeOf(view: View, { node }: MachineRow, { path, file, row }: News, now: Millis): Reaction {
  const { settings } = view;
  const seen = formatRfc3339Micro(settings.epochMs + now);
  const read = file && readStaticPod(file, { node, version: settings.version, seen });
  const hash = file && manifestHash(file);
  if (hash !== undefined && read && 'problem' in read) {
    yield { type: 'ManifestRefused', node, path, hash, problem: read.problem };
    return;
  }
  const isSame = row?.pod !== undefined && hash !== undefined && row.pod.endsWith(`/${hash}`);
  if (row && !isSame) {
    const { pod } = row;
    yield { type: 'StaticPodDropped', node, path, ...(pod !== undefined && { pod }) };
    if (pod !== undefined) yield* workPod(view, node, { key: pod, now });
  }
  if (hash === undefined || !file || !read || 'problem' in read) return;
  if (!isSame && !isFree(view, node, file)) return;
  const { namespace, name, uid } = read.pod.metadata;
  const pod = `${namespace}/${name}/${uid}`;
  if (!isSame) yield* removeLeft(view, pod, now);
  yield { type: 'StaticPodTaken', node, path, hash, pod, manifest: read.pod };
  yield* workPod(view, node, { key: pod, now });
}

/**
 * So often the kubelet removes containers of pods that are no more. Kubelet: kubelet.go ContainerGCPeriod.
 */
const GC_MS = MINUTE;

/** Of a pod that was there before, under the same file, nothing is left after a while. */
function* removeLeft({ rows }: View, pod: string, now: Millis): Reaction {
  for (const { id, node, exit } of rows.rowsBy('containers', 'pod', pod)) {
    if (exit && exit.at <= now - GC_MS) yield { type: 'ContainerRemoved', node, pod, container: id };
  }
}

export function manifestsWake(view: View, machine: MachineRow, from: Millis): Wake | undefined {
  const news = newsOf(view, machine);
  if (news.length === 0) return undefined;
  const fileSystem = hostFileSystem(machine.node);
  const seqs = news.flatMap(({ path }) => view.rows.changedAt('files', fileKey({ fileSystem, path })) ?? []);
  return {
    at: Math.min(...news.map(({ at }) => at(from))),
    cause: seqs.length === 0 ? null : Math.max(...seqs),
  };
}
