import { drawWhole } from '../../kernel/chance/draw.ts';
import { type Millis, SECOND } from '../../kernel/time/millis.ts';
import { formatRfc3339Micro } from '../../kernel/time/rfc3339.ts';
import type { Component, Reaction, View } from '../contract/component.ts';
import type { ProgramName } from '../contract/control-plane-rows.ts';
import type { Lease } from '../objects/kubernetes.ts';

const NAME = 'leader-election';

/** client-go: leaderelection.go, as kube-controller-manager and kube-scheduler are started. */
const RETRY_MS = 2 * SECOND;
const LEASE_SECONDS = 15;

const LEADERS: readonly ProgramName[] = ['kube-controller-manager', 'kube-scheduler'];

/**
 * The programs of a control plane that runs elsewhere say that they lead, each for itself. Nobody looks at
 * it, but etcd's revision grows by one a second.
 */
function leaderLeases(program: ProgramName): Component {
  const actor = `${NAME}-${program}`;
  return {
    name: actor,
    program,
    addresses: () => [{ actor, key: program }],
    reconcile: (view, _address, now) => renew(view, program, now),
    wake: (view, _address, from) => ({ at: tickOf(view, program, from), cause: null }),
  };
}

export const leaderElections: readonly Component[] = LEADERS.map(leaderLeases);

function tickOf({ chance }: View, program: ProgramName, from: Millis): Millis {
  const phase = drawWhole(chance, 0, RETRY_MS - 1, 'leader lease', program);
  return phase + Math.max(0, Math.ceil((from - phase) / RETRY_MS)) * RETRY_MS;
}

function* renew({ settings }: View, name: ProgramName, now: Millis): Reaction {
  const resource = 'leases.coordination.k8s.io';
  const namespace = 'kube-system';
  const renewTime = formatRfc3339Micro(settings.epochMs + now);
  const got = yield { verb: 'get', resource, namespace, name };
  if (!got.ok) {
    if (got.status.code !== 404) return;
    const object: Lease = {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name, namespace },
      spec: { holderIdentity: 'control-plane', leaseDurationSeconds: LEASE_SECONDS, renewTime },
    };
    yield { verb: 'create', resource, namespace, object };
    return;
  }
  const lease = got.object as Lease;
  yield {
    verb: 'update',
    resource,
    namespace,
    name,
    object: { ...lease, spec: { ...lease.spec, renewTime } } as Lease,
  };
}
