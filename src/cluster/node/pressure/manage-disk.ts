import { MINUTE, type Millis } from '../../../kernel/time/millis.ts';
import type { Reaction, View, Wake } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { ImageRow, MachineRow } from '../../contract/machine-rows.ts';
import { amountOf, formatQuantity } from '../../objects/quantity.ts';
import { firstTick, type Grid, gridOf, lastTick } from '../clock.ts';
import { tellNode } from '../heartbeat/tell-node.ts';
import { imageOf } from '../images-of-node.ts';
import { whyOverLimit } from './disk-limits.ts';
import { evict, mayGo } from './evict.ts';
import { evictionMessage } from './eviction-message.ts';
import { EVICTION_PERIOD_MS, evictionTicks, TRANSITION_MS } from './eviction-ticks.ts';
import { diskCapacity, type MachineDisk, machineDisk, mayBeFull, type PodDisk } from './machine-disk.ts';
import { rankForDisk, requestedDisk } from './rank-pods.ts';

/** --eviction-hard nodefs.available<10%,imagefs.available<15%: both are the one disk. */
const THRESHOLDS = [0.1, 0.15];

/** How often what lies in volumes is measured. Kubelet: --volume-stats-agg-period. */
const MEASURED_MS = MINUTE;

/** Kubelet: kubelet.go ImageGCPeriod, and how full the disk is when it begins and ends, in per cent. */
const COLLECTION_MS = 5 * MINUTE;
const HIGH_PERCENT = 85;
const LOW_PERCENT = 80;

interface Look {
  readonly view: View;
  readonly machine: MachineRow;
  readonly disk: MachineDisk;
  readonly now: Millis;
}

/**
 * Watches over the disk of a machine: every ten seconds pods go that take more than they may, and one goes if
 * there is too little left for all; every five minutes images that nobody uses go. Kubelet:
 * eviction/eviction_manager.go, images/image_gc_manager.go.
 */
export function* manageDisk(view: View, node: string, now: Millis): Reaction {
  const machine = view.rows.row('machines', node);
  const capacity = diskCapacity(view, node);
  if (!machine?.kubelet.running || capacity === undefined) return;
  if (!machine.diskShort && !mayBeFull(view, node, capacity)) return;
  const look: Look = { view, machine, now, disk: machineDisk(view, node, capacity) };
  if (firstTick(collections(view, machine), now) === now) yield* collectImages(look);
  if (firstTick(evictionTicks(view, machine), now) !== now) return;
  if (yield* evictOverLimit(look)) return;
  if (thresholdMet(look.disk) !== undefined) yield* makeRoom(look);
  else if (machine.diskShort && now >= machine.diskShort.seenAt + TRANSITION_MS)
    yield { type: 'DiskShortageNoted', node, isShort: false };
}

/** What is on a disk changes by facts only: it is looked at again when one of them says so. */
export function diskWake(view: View, machine: MachineRow, from: Millis): Wake | undefined {
  const { node, diskShort } = machine;
  const capacity = diskCapacity(view, node);
  if (capacity === undefined || machine.off) return undefined;
  if (!diskShort && !mayBeFull(view, node, capacity)) return undefined;
  const disk = machineDisk(view, node, capacity);
  const ticks = evictionTicks(view, machine);
  const times: Millis[] = [];
  const over = movable(disk).flatMap((pod) => whyOverLimit(pod) ?? []);
  if (over.some(({ isMeasured }) => !isMeasured)) times.push(firstTick(ticks, from));
  if (over.some(({ isMeasured }) => isMeasured)) times.push(firstMeasured(view, machine, from));
  if (thresholdMet(disk) !== undefined) times.push(firstTick(ticks, from));
  else if (diskShort) times.push(firstTick(ticks, Math.max(from, diskShort.seenAt + TRANSITION_MS)));
  if (percentUsed(disk) >= HIGH_PERCENT) times.push(firstTick(collections(view, machine), from));
  if (times.length === 0) return undefined;
  return { at: Math.max(Math.min(...times), from), cause: view.rows.changedAt('machines', node) };
}

function collections({ chance }: View, machine: MachineRow): Grid {
  return gridOf(chance, machine, { purpose: 'image collection phase', period: COLLECTION_MS });
}

function measures({ chance }: View, machine: MachineRow): Grid {
  return gridOf(chance, machine, { purpose: 'volume stats phase', period: MEASURED_MS });
}

/** The first look after volumes have been measured anew. */
function firstMeasured(view: View, machine: MachineRow, from: Millis): Millis {
  const ticks = evictionTicks(view, machine);
  const tick = firstTick(ticks, from);
  if (isMeasuredAt(view, machine, tick)) return tick;
  return firstTick(ticks, firstTick(measures(view, machine), tick));
}

function isMeasuredAt(view: View, machine: MachineRow, tick: Millis): boolean {
  return lastTick(measures(view, machine), tick) > tick - EVICTION_PERIOD_MS;
}

/** The bytes that should be left, if there are fewer. */
function thresholdMet({ capacity, available }: MachineDisk): number | undefined {
  return THRESHOLDS.map((share) => Math.trunc(capacity * share)).find((bytes) => available < bytes);
}

function percentUsed({ capacity, available }: MachineDisk): number {
  return 100 - Math.floor((available * 100) / capacity);
}

function movable({ pods }: MachineDisk): readonly PodDisk[] {
  return pods.filter(({ worker }) => mayGo(worker));
}

/** Whoever takes more than it may goes, however much there is left. Whether somebody did. */
function* evictOverLimit({ view, machine, disk, now }: Look): Doing<boolean> {
  let hasEvicted = false;
  for (const pod of movable(disk)) {
    const over = whyOverLimit(pod);
    if (!over || (over.isMeasured && !isMeasuredAt(view, machine, now))) continue;
    yield* evict(view, pod.worker, { message: over.message, now });
    hasEvicted = true;
  }
  return hasEvicted;
}

function* makeRoom(look: Look): Reaction {
  const { view, machine, disk, now } = look;
  const { node } = machine;
  yield { type: 'DiskShortageNoted', node, isShort: true };
  const message = 'Attempting to reclaim ephemeral-storage';
  yield* tellNode(view, node, { type: 'Warning', reason: 'EvictionThresholdMet', message, now });
  const freed = yield* removeImages(look, disk.capacity);
  const after = { ...disk, available: disk.available + freed };
  const threshold = thresholdMet(after);
  if (threshold === undefined) return;
  const [first] = rankForDisk(movable(disk));
  if (!first) return;
  const requested = requestedDisk(first.worker.pod);
  const text = evictionMessage(view.settings.version, {
    resource: 'ephemeral-storage',
    threshold: inBytes(threshold),
    available: inBytes(after.available),
    containers: [...first.containers].map(([name, bytes]) => ({
      name,
      used: inBytes(bytes),
      requested: requested.get(name) ?? '0',
    })),
  });
  yield* evict(view, first.worker, { message: text, now });
}

function* collectImages(look: Look): Reaction {
  const { view, machine, disk, now } = look;
  const percent = percentUsed(disk);
  if (percent < HIGH_PERCENT) return;
  const wanted = Math.trunc((disk.capacity * (100 - LOW_PERCENT)) / 100) - disk.available;
  const freed = yield* removeImages(look, wanted);
  if (freed >= wanted) return;
  const message =
    `Insufficient free disk space on the node's image filesystem (${percent}% of ${inBytes(disk.capacity)} used). ` +
    `Failed to free sufficient space by deleting unused images (freed ${freed} bytes). ` +
    'Investigate disk usage, as it could be used by active images, logs, volumes, or other data.';
  const reason = 'FreeDiskSpaceFailed';
  yield* tellNode(view, machine.node, { type: 'Warning', reason, message, now });
}

/**
 * Deletes images that nothing runs from, nor is about to, the oldest first, until so much is free. How much
 * it was.
 */
function* removeImages({ view, machine }: Look, wanted: number): Doing<number> {
  const { node } = machine;
  const { rows, settings } = view;
  const workers = rows.rowsBy('podWorkers', 'node', node);
  const containers = workers.flatMap(({ key }) => rows.rowsBy('containers', 'pod', key));
  const named = workers
    .filter(({ stage }) => stage === 'syncing')
    .flatMap(({ pod: { spec } }) => [...(spec.initContainers ?? []), ...spec.containers])
    .map(({ image = '' }) => imageOf(settings, image).identity);
  const used = new Set([...containers.map(({ imageId }) => imageId), ...named]);
  const bornAt = ({ id }: ImageRow): number => rows.changedAt('images', `${node}/${id}`) ?? 0;
  const unused = rows
    .rowsBy('images', 'node', node)
    .filter(({ id }) => !used.has(id))
    .toSorted((a, b) => bornAt(a) - bornAt(b));
  let freed = 0;
  for (const { id, sizeBytes } of unused) {
    if (freed >= wanted) break;
    yield { type: 'ImageRemoved', node, id };
    freed += sizeBytes;
  }
  return freed;
}

function inBytes(bytes: number): string {
  return formatQuantity(amountOf(bytes, 'BinarySI'));
}
