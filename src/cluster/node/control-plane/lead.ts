import { drawUuid, drawWhole } from '../../../kernel/chance/draw.ts';
import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import { formatRfc3339Micro, parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { View } from '../../contract/component.ts';
import type { ProgramRow } from '../../contract/control-plane-rows.ts';
import type { Doing } from '../../contract/doing.ts';
import type { ContainerRow } from '../../contract/machine-rows.ts';
import { klogLine } from '../../objects/klog-line.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Lease } from '../../objects/kubernetes.ts';
import { record } from '../../recorder/record.ts';
import { flagOf } from '../../tools/flag-of.ts';
import { serverHost } from '../../world/control-plane.ts';
import { RESTORED_AT } from '../../world/evolve-restore.ts';
import { endProgram } from './end-program.ts';

/**
 * client-go: the defaults of --leader-elect-lease-duration, --leader-elect-renew-deadline, …-retry-period.
 */
const LEASE_MS = 15 * SECOND;
const DEADLINE_MS = 10 * SECOND;
const RETRY_MS = 2 * SECOND;

const RESOURCE = 'leases.coordination.k8s.io';
const NAMESPACE = 'kube-system';

/** Whether of several of a program only one works. */
export function isElected(program: string): boolean {
  return program === 'kube-scheduler' || program === 'kube-controller-manager';
}

/**
 * A program that runs takes the lead when it is free, and keeps it; one that could not say for ten seconds
 * that it still leads ends, and is started again. client-go: tools/leaderelection.
 */
export function* lead(view: View, row: ProgramRow, container: ContainerRow, now: Millis): Doing<void> {
  if (!isElected(row.program) || leadWake(view, row, now) !== now) return;
  if (isAlone(row)) {
    yield { type: 'LeadershipTaken', program: row.program, node: row.node };
    return;
  }
  if (row.leads && now - renewedAt(view, row, now) >= DEADLINE_MS) {
    const { program, node } = row;
    yield { type: 'ProgramStopped', program, node };
    yield* endProgram(view, container, { now, says: lossOf(view, program, now) });
    return;
  }
  const got = yield { verb: 'get', resource: RESOURCE, namespace: NAMESPACE, name: row.program };
  if (!got.ok && got.status.code !== 404) return;
  const lease = got.ok ? (got.object as Lease) : undefined;
  if (!row.leads && lease && now < freeAt(view, row, lease)) return;
  if (!(yield* write(view, row, lease, now)) || row.leads) return;
  yield { type: 'LeadershipTaken', program: row.program, node: row.node };
  const object = lease ?? leaseOf(row);
  const message = `${identityOf(view, row)} became leader`;
  yield* record(
    view,
    {
      component: row.program,
      object: object as KubeObject,
      type: 'Normal',
      reason: 'LeaderElection',
      message,
    },
    now,
  );
}

/** client-go: leaderelection.go renew, and the program's own last line. */
function lossOf({ settings, rows }: View, program: ProgramRow['program'], now: Millis): string {
  const epochMs = settings.epochMs + now;
  const host = serverHost(rows, settings);
  const path = `/apis/coordination.k8s.io/v1/namespaces/${NAMESPACE}/leases/${program}?timeout=5s`;
  const refused = `Get "https://${host}${path}": dial tcp ${host}: connect: connection refused`;
  const text = `error retrieving resource lock ${NAMESPACE}/${program}: ${refused}`;
  const waited = `failed to renew lease ${NAMESPACE}/${program}: context deadline exceeded`;
  const source = program === 'kube-scheduler' ? 'server.go:308' : 'controllermanager.go:332';
  const last = program === 'kube-scheduler' ? '"Leaderelection lost"' : '"leaderelection lost"';
  const lines = [
    klogLine('E', 'leaderelection.go:448', { epochMs, text }),
    klogLine('I', 'leaderelection.go:297', { epochMs, text: waited }),
    klogLine('E', source, { epochMs, text: last }),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function leaseOf({ program }: ProgramRow): Lease {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name: program, namespace: NAMESPACE },
    spec: {},
  };
}

function* write(view: View, row: ProgramRow, lease: Lease | undefined, now: Millis): Doing<boolean> {
  const time = formatRfc3339Micro(view.settings.epochMs + now);
  const holder = identityOf(view, row);
  const before = lease?.spec ?? {};
  const isOwn = before.holderIdentity === holder;
  const spec = {
    ...before,
    holderIdentity: holder,
    leaseDurationSeconds: LEASE_MS / SECOND,
    renewTime: time,
    acquireTime: isOwn ? (before.acquireTime ?? time) : time,
    leaseTransitions: (before.leaseTransitions ?? 0) + (isOwn || !lease ? 0 : 1),
  };
  const object = { ...(lease ?? leaseOf(row)), spec } as KubeObject;
  const target = { resource: RESOURCE, namespace: NAMESPACE, object };
  const written = yield lease
    ? { verb: 'update', name: row.program, ...target }
    : { verb: 'create', ...target };
  return written.ok;
}

/** One that was told not to be elected leads at once. */
function isAlone({ args }: ProgramRow): boolean {
  return flagOf(args, 'leader-elect') === 'false';
}

/** `control-plane_3f2b6802-…`: another one after each start. */
function identityOf({ chance }: View, { node, container }: ProgramRow): string {
  return `${node}_${drawUuid(chance, 'leader identity', container)}`;
}

/**
 * When another's lease has run out, as somebody sees it who looks at it for the first time when it starts.
 */
function freeAt({ settings }: View, { startedAt }: ProgramRow, { spec }: Lease): Millis {
  if (!spec?.holderIdentity) return startedAt;
  const renewed = (parseRfc3339(spec.renewTime ?? '') ?? 0) - settings.epochMs;
  return Math.max(startedAt, renewed) + LEASE_MS;
}

/** When the leader's lease was renewed last, as far as it knows. */
function renewedAt(view: View, row: ProgramRow, now: Millis): Millis {
  // What it knows does not go back with an etcd that is turned back.
  const restoredAt = view.rows.row('counters', RESTORED_AT)?.value ?? 0;
  const leadsSince = Math.max(row.leadsSince ?? row.startedAt, restoredAt);
  const lease = view.objects.get<Lease>(RESOURCE, NAMESPACE, row.program);
  // What it has written itself is on its way back to it.
  if (!lease) return now;
  if (lease.spec?.holderIdentity !== identityOf(view, row)) return leadsSince;
  return Math.max(leadsSince, (parseRfc3339(lease.spec.renewTime ?? '') ?? 0) - view.settings.epochMs);
}

/** When a program that runs next tries to lead, or to go on leading. */
export function leadWake(view: View, row: ProgramRow, from: Millis): Millis | undefined {
  if (!isElected(row.program)) return undefined;
  if (isAlone(row)) return row.leads ? undefined : from;
  const phase = drawWhole(view.chance, 0, RETRY_MS - 1, 'leader retry', row.container);
  const tick = (at: Millis): Millis =>
    row.startedAt + phase + Math.ceil((at - row.startedAt - phase) / RETRY_MS) * RETRY_MS;
  if (row.leads) return tick(from);
  const lease = view.objects.get<Lease>(RESOURCE, NAMESPACE, row.program);
  return tick(Math.max(from, lease ? freeAt(view, row, lease) : from));
}
