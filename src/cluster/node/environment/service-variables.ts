import type { Doing } from '../../contract/doing.ts';
import type { Service } from '../../objects/kubernetes.ts';
import type { PodContext } from '../pod-worker/pod-context.ts';
import type { Environment } from './environment.ts';

/**
 * Variables that tell of the services that are there when a container is created. Kubelet:
 * envvars/envvars.go.
 */
export function* serviceVariables({ worker, pod }: PodContext): Doing<Environment> {
  const { namespace } = worker;
  const env: Record<string, string> = {};
  const add = (services: readonly Service[]): void => {
    for (const service of services) Object.assign(env, variablesOf(service));
  };
  const master = yield { verb: 'get', resource: 'services', namespace: 'default', name: 'kubernetes' };
  if (master.ok && master.object) add([master.object as Service]);
  if (pod.spec.enableServiceLinks === false) return env;
  const listed = yield { verb: 'list', resource: 'services', namespace };
  if (listed.ok) add((listed.items ?? []) as readonly Service[]);
  return env;
}

function variablesOf({ metadata, spec }: Service): Record<string, string> {
  const ip = spec?.clusterIP;
  const [first] = spec?.ports ?? [];
  if (!ip || ip === 'None' || !first) return {};
  const prefix = upper(metadata.name ?? '');
  const env: Record<string, string> = {
    [`${prefix}_SERVICE_HOST`]: ip,
    [`${prefix}_SERVICE_PORT`]: String(first.port),
  };
  for (const { name, port } of spec?.ports ?? []) {
    if (name) env[`${prefix}_SERVICE_PORT_${upper(name)}`] = String(port);
  }
  for (const [index, { port, protocol = 'TCP' }] of (spec?.ports ?? []).entries()) {
    const low = protocol.toLowerCase();
    if (index === 0) env[`${prefix}_PORT`] = `${low}://${ip}:${port}`;
    const stem = `${prefix}_PORT_${port}_${protocol}`;
    env[stem] = `${low}://${ip}:${port}`;
    env[`${stem}_PROTO`] = low;
    env[`${stem}_PORT`] = String(port);
    env[`${stem}_ADDR`] = ip;
  }
  return env;
}

function upper(name: string): string {
  return name.toUpperCase().replaceAll('-', '_');
}
