import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import { formatRfc3339Micro } from '../../../kernel/time/rfc3339.ts';
import type { Reaction, View, Wake } from '../../contract/component.ts';
import type { MachineRow } from '../../contract/machine-rows.ts';
import type { Lease } from '../../objects/kubernetes.ts';
import { firstTick, gridOf } from '../clock.ts';

/** A quarter of the lease's 40 s. Kubelet: kubelet.go nodeLeaseRenewIntervalFraction. */
export const RENEW_MS = 10 * SECOND;

export function* renewLease(view: View, node: string, now: Millis): Reaction {
  if (!view.rows.row('machines', node)?.kubelet.running) return;
  const resource = 'leases.coordination.k8s.io';
  const namespace = 'kube-node-lease';
  const got = yield { verb: 'get', resource, namespace, name: node };
  const renewTime = formatRfc3339Micro(view.settings.epochMs + now);
  if (!got.ok) {
    if (got.status.code !== 404) return;
    const made: Lease = {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: node, namespace },
      spec: { holderIdentity: node, leaseDurationSeconds: 40, renewTime },
    };
    yield { verb: 'create', resource, namespace, object: made };
    return;
  }
  const lease = got.object as Lease;
  // A lease has all these fields already, so that its copies are of its own shape.
  const object: Lease = { ...lease, spec: { ...lease.spec, renewTime } };
  yield { verb: 'update', resource, namespace, name: node, object };
}

export function leaseWake(view: View, machine: MachineRow, from: Millis): Wake {
  const grid = gridOf(view.chance, machine, { purpose: 'lease phase', period: RENEW_MS });
  return { at: firstTick(grid, from), cause: null };
}
