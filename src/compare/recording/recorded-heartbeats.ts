import type { NodeSettings } from '../../cluster/contract/settings.ts';
import { GRACE_MS, MONITOR_MS } from '../../cluster/controllers/node-lifecycle/node-health.ts';
import { RENEW_MS } from '../../cluster/node/heartbeat/renew-lease.ts';
import { REPORT_MS } from '../../cluster/node/heartbeat/report-node.ts';
import { findCondition } from '../../cluster/objects/conditions.ts';
import type { Node, NodeCondition } from '../../cluster/objects/kubernetes.ts';
import { inVersion } from '../../cluster/objects/versions.ts';
import { outcomeKey } from '../../kernel/chance/outcomes.ts';
import { type Millis, SECOND } from '../../kernel/time/millis.ts';
import { parseRfc3339 } from '../../kernel/time/rfc3339.ts';
import { gridOf } from './grid-of.ts';
import { controlPlaneFaultsOf } from './recorded-restore.ts';
import type { Recording } from './recording.ts';

type Kubelet = Pick<NodeSettings, 'name' | 'kubeletStartedAt'>;

/**
 * When nodes told of themselves, and when they were held to be silent, where etcd was turned back: the phases
 * of `node/heartbeat` and of `controllers/node-lifecycle`, as far as what is written of nodes shows them.
 */
export function recordedHeartbeats(
  recording: Recording,
  nodes: readonly Kubelet[],
): Readonly<Record<string, string>> {
  const outcomes: Record<string, string> = {};
  const silences: Millis[] = [];
  // Where every lease is seen again and again, when it was renewed does not matter.
  const stopMs = controlPlaneFaultsOf(recording).find(({ step }) => 'stop' in step.fault)?.atMs;
  if (stopMs === undefined) return outcomes;
  for (const { name, kubeletStartedAt: since } of nodes) {
    const { reportedMs, lookedMs, silentMs } = signsOf(recording, name);
    const settle = (purpose: string, at: Millis | undefined): void => {
      if (at !== undefined) outcomes[outcomeKey(purpose, name, since)] = String(Math.round(at) - since);
    };
    settle('report phase', reportedMs);
    settle('status phase', lookedMs ?? reportedMs);
    if (silentMs === undefined) continue;
    silences.push(silentMs);
    settle('lease phase', renewedBefore(silentMs, recording.minor, stopMs));
  }
  const monitor = gridOf(silences, MONITOR_MS, WORKED_OFF_MS) ?? silences[0];
  if (monitor !== undefined)
    outcomes[outcomeKey('node monitor')] = String(Math.max(0, Math.round(monitor) - WRITE_MS));
  return outcomes;
}

/** Nodes that are looked at in one pass are written one after another. */
const WORKED_OFF_MS = 300;
/** From a pass of the monitor to its first write. */
const WRITE_MS = 10;

interface Signs {
  /** A regular report. */
  readonly reportedMs?: Millis;
  /** A look after which it told that it is there after all. */
  readonly lookedMs?: Millis;
  /** When it was first held to be silent. */
  readonly silentMs?: Millis;
}

function signsOf({ changes, listed, startMs }: Recording, name: string): Signs {
  const first = listed.find(({ kind, metadata }) => kind === 'Node' && metadata.name === name) as
    | Node
    | undefined;
  let before = first && readyOf(first);
  let signs: Signs =
    before?.status === 'True' ? { reportedMs: heartbeat(before) - startMs + SECOND / 2 } : {};
  for (const { object, atMs } of changes) {
    if (object.kind !== 'Node' || object.metadata.name !== name) continue;
    const now = readyOf(object as Node);
    const isNews = before !== undefined && now !== undefined && heartbeat(now) !== heartbeat(before);
    if (now?.status === 'Unknown' && before?.status !== 'Unknown' && signs.silentMs === undefined)
      signs = { ...signs, silentMs: atMs };
    else if (isNews && now?.status === 'True')
      signs =
        before?.status === 'Unknown'
          ? { lookedMs: atMs, ...signs }
          : { ...signs, ...(signs.silentMs === undefined && { reportedMs: atMs % REPORT_MS }) };
    else if (before === undefined && now?.status === 'True')
      signs = { reportedMs: heartbeat(now) - startMs + SECOND / 2, ...signs };
    before = now ?? before;
  }
  return signs;
}

function readyOf({ status }: Node): NodeCondition | undefined {
  return findCondition<NodeCondition>(status?.conditions, 'Ready');
}

function heartbeat({ lastHeartbeatTime }: NodeCondition): Millis {
  return parseRfc3339(lastHeartbeatTime ?? '') ?? 0;
}

/**
 * A time at which the last lease that was seen may have been renewed: a pass of the monitor saw it, and the
 * grace period counts from there. Nothing was renewed after what stopped it, and something within the ten
 * seconds before.
 */
function renewedBefore(silentMs: Millis, minor: number, stopMs: Millis): Millis {
  const seenMs = silentMs - inVersion(GRACE_MS, { minor, patch: 0 });
  const latest = Math.min(seenMs, stopMs);
  const earliest = Math.max(seenMs - MONITOR_MS, stopMs - RENEW_MS, latest - RENEW_MS);
  return (earliest + latest) / 2;
}
