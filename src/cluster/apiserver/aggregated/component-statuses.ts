import { HEALTH_PORTS } from '../../contract/control-plane-rows.ts';
import type { GetRequest, ListRequest } from '../../contract/request.ts';
import type { Granted, Refused } from '../../contract/response.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { hasQuorum, programsOf, runsAnywhere } from '../../world/control-plane.ts';
import { rowReader } from '../../world/readers.ts';
import type { World } from '../../world/world.ts';
import type { Call } from '../call.ts';
import { notFound } from '../refusal.ts';

/** Whether a call asks how the programs of the control plane are, which nobody stores. */
export function isOfComponents({ resource }: Call): boolean {
  return resource.name === 'componentstatuses';
}

/** The API server asks them when it is asked (kube-apiserver: registry/core/componentstatus/rest.go). */
export function answerComponents(
  world: World,
  call: Call,
  request: GetRequest | ListRequest,
): Granted | Refused {
  const revision = call.store.revision();
  const all = componentsOf(world, call);
  if (request.verb === 'list') return { ok: true, items: all, revision };
  const object = all.find(({ metadata }) => metadata.name === request.name);
  return object ? { ok: true, object, revision } : notFound(call.resource, request.name);
}

const PROGRAMS = ['scheduler', 'controller-manager'] as const;

function componentsOf(world: World, { settings }: Call): readonly KubeObject[] {
  const rows = rowReader({ tables: world.store.tables, seq: world.seq });
  const programs = PROGRAMS.map((name) => {
    const program = `kube-${name}` as const;
    const address = `127.0.0.1:${HEALTH_PORTS[program]}`;
    const refused = `Get "https://${address}/healthz": dial tcp ${address}: connect: connection refused`;
    return statusOf(name, runsAnywhere(rows, program, settings) ? 'ok' : undefined, refused);
  });
  const isOld = settings.version.minor < 26;
  const members = Math.max(1, programsOf(rows, 'etcd').length);
  const etcd = Array.from({ length: members }, (_, index) =>
    statusOf(
      `etcd-${index}`,
      hasQuorum(rows, settings) ? (isOld ? '{"health":"true"}' : 'ok') : undefined,
      'context deadline exceeded',
    ),
  );
  return [...programs, ...etcd];
}

function statusOf(name: string, message: string | undefined, error: string): KubeObject {
  const status = message === undefined ? 'False' : 'True';
  const condition = { type: 'Healthy', status, message: message ?? error };
  return {
    apiVersion: 'v1',
    kind: 'ComponentStatus',
    metadata: { name },
    conditions: [condition],
  } as unknown as KubeObject;
}
