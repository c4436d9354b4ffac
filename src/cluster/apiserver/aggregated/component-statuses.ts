import { PROGRAMS, type ProgramName } from '../../contract/control-plane-rows.ts';
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

const NAMES: Readonly<Partial<Record<ProgramName, string>>> = {
  'kube-scheduler': 'scheduler',
  'kube-controller-manager': 'controller-manager',
};

const PORTS: Readonly<Partial<Record<ProgramName, number>>> = {
  'kube-scheduler': 10_259,
  'kube-controller-manager': 10_257,
};

function componentsOf(world: World, { settings }: Call): readonly KubeObject[] {
  const rows = rowReader({ tables: world.store.tables, seq: world.seq });
  const programs = [...PROGRAMS].flatMap((program) => {
    const name = NAMES[program];
    if (name === undefined) return [];
    const port = PORTS[program];
    const url = `https://127.0.0.1:${port}/healthz`;
    const refused = `Get "${url}": dial tcp 127.0.0.1:${port}: connect: connection refused`;
    return [statusOf(name, runsAnywhere(rows, program, settings) ? 'ok' : undefined, refused)];
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
  return [...programs.reverse(), ...etcd];
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
