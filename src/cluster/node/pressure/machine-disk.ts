import type { View } from '../../contract/component.ts';
import { hostFileSystem } from '../../contract/file-key.ts';
import type { FileRow } from '../../contract/file-row.ts';
import type { ContainerRow } from '../../contract/machine-rows.ts';
import type { PodWorkerRow } from '../../contract/pod-worker-row.ts';
import { wholeValue } from '../../objects/quantity.ts';
import { byteLength } from '../../tools/byte-length.ts';
import { isPretended } from '../images-of-node.ts';
import { settingsOfNode } from '../settings-of-node.ts';

const KIBIBYTE = 1024;
const GIBIBYTE = 1 << 30;

/** What the system, the runtime and the kubelet have on the disk: a tenth of a small one. */
const SYSTEM_BYTES = 4 * GIBIBYTE;
const SYSTEM_SHARE = 0.1;

/** What a container has on the disk that has written nothing: its folders, and an empty log. */
const CONTAINER_BYTES = 24 * KIBIBYTE;

/** Disks are counted in blocks. */
const BLOCK_BYTES = 4 * KIBIBYTE;

/** What a pod has on its machine's disk, in bytes. */
export interface PodDisk {
  readonly key: string;
  readonly worker: PodWorkerRow;
  /** Layers and logs, by the name of the container. */
  readonly containers: ReadonlyMap<string, number>;
  /** By the name of the volume; only those that lie on the disk and go with the pod. */
  readonly volumes: ReadonlyMap<string, number>;
  readonly total: number;
}

/** A machine's disk: there is one, for the kubelet and for images alike. */
export interface MachineDisk {
  readonly capacity: number;
  readonly images: number;
  readonly pods: readonly PodDisk[];
  readonly available: number;
}

/** How large a machine's disk is; undefined where nothing really runs. */
export function diskCapacity(view: View, node: string): number | undefined {
  const stated = settingsOfNode(view, node)?.capacity['ephemeral-storage'];
  if (stated === undefined || isPretended(view, node)) return undefined;
  return wholeValue(stated);
}

/**
 * Whether anything on a machine is large enough to be looked at: somebody wrote a file of which only the size
 * is known, or its images alone come near the disk's end. All else is small change.
 */
export function mayBeFull({ rows }: View, node: string, capacity: number): boolean {
  if (rows.rowsBy('files', 'sized', '').length > 0) return true;
  return 2 * imageBytes({ rows }, node) > capacity;
}

function imageBytes({ rows }: Pick<View, 'rows'>, node: string): number {
  return rows.rowsBy('images', 'node', node).reduce((sum, { sizeBytes }) => sum + inBlocks(sizeBytes), 0);
}

export function machineDisk(view: View, node: string, capacity: number): MachineDisk {
  const pods = view.rows
    .rowsBy('podWorkers', 'node', node)
    .filter(({ stage }) => stage !== 'rejected')
    .map((worker) => diskOfPod(view, worker));
  const images = imageBytes(view, node);
  const system = inBlocks(Math.min(SYSTEM_BYTES, capacity * SYSTEM_SHARE));
  const taken = pods.reduce((sum, { total }) => sum + total, system + images + strayBytes(view, node));
  return { capacity, images, pods, available: Math.max(0, capacity - taken) };
}

/** Files on the machine itself that are large enough to be spoken of. */
function strayBytes({ rows }: View, node: string): number {
  const host = hostFileSystem(node);
  return rows
    .rowsBy('files', 'sized', '')
    .reduce((sum, file) => sum + (file.fileSystem === host ? bytesOf(file) : 0), 0);
}

function diskOfPod(view: View, worker: PodWorkerRow): PodDisk {
  const { key, pod, claimed, stage } = worker;
  const containers = new Map<string, number>();
  // What has ended is deleted, as soon as room is needed.
  for (const row of stage === 'finished' ? [] : view.rows.rowsBy('containers', 'pod', key)) {
    if (row.exit) continue;
    containers.set(row.name, layerBytes(view, row) + logBytes(view, row));
  }
  const volumes = new Map<string, number>();
  // A pod's folder goes when the pod has ended.
  for (const { name, emptyDir } of stage === 'finished' ? [] : (pod.spec.volumes ?? [])) {
    const isHere = emptyDir !== undefined && emptyDir.medium !== 'Memory' && claimed?.[name] === undefined;
    if (isHere) volumes.set(name, bytesIn(view, `volume/${key}/${name}`));
  }
  const total = [...containers.values(), ...volumes.values()].reduce((sum, bytes) => sum + bytes, 0);
  return { key, worker, containers, volumes, total };
}

function layerBytes(view: View, { id }: ContainerRow): number {
  return CONTAINER_BYTES + bytesIn(view, id);
}

function logBytes({ rows }: View, { id }: ContainerRow): number {
  const logged = rows.rowsBy('logs', 'container', id).reduce((sum, { text }) => sum + text.length, 0);
  return inBlocks(logged);
}

function bytesIn({ rows }: View, fileSystem: string): number {
  return rows.rowsBy('files', 'fileSystem', fileSystem).reduce((sum, file) => sum + bytesOf(file), 0);
}

function bytesOf({ kind, sizeBytes, content = '' }: FileRow): number {
  return kind === 'file' ? inBlocks(sizeBytes ?? byteLength(content)) : 0;
}

function inBlocks(bytes: number): number {
  return Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES;
}
