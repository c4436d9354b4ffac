import type { Doing } from '../../contract/doing.ts';
import { settingsIn } from '../../contract/settings-in.ts';
import { addonObjects } from '../../kubeadm/addons.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { resourceForKind } from '../../objects/schema/resources.ts';
import type { KubeVersion } from '../../objects/versions.ts';
import { servedResources } from '../../world/served-resources.ts';
import { problemText } from './cluster-config.ts';
import type { Run } from './run-phases.ts';

/** What kubeadm adds to a cluster that is up, by the phase that does, and which objects are of it. */
const ADDONS = [
  ['addon/coredns', 'CoreDNS', /coredns|kube-dns/],
  ['addon/kube-proxy', 'kube-proxy', /kube-proxy|node-proxier/],
] as const;

/** Makes objects, of which some others may have made; a text says what went wrong. */
export function* createAll({ call }: Run, objects: readonly KubeObject[]): Doing<string | undefined> {
  for (const object of objects) {
    const { apiVersion, kind, metadata } = object;
    const resource = resourceForKind(apiVersion, kind, servedResources(call.view.objects))?.name ?? '';
    const { namespace, name = '' } = metadata;
    if (call.view.objects.get(resource, namespace, name) !== undefined) continue;
    const made = yield { verb: 'create', resource, object, ...(namespace !== undefined && { namespace }) };
    if (!made.ok && made.status.reason !== 'AlreadyExists') return problemText(made.status);
  }
  return undefined;
}

/** Makes what those of the addons consist of that are wanted, in the version of a cluster. */
export function* applyAddons(
  run: Run,
  version: KubeVersion,
  isWanted: (phase: string) => boolean,
): Doing<'done' | { readonly error: string }> {
  const { call, say, flags } = run;
  const objects = addonObjects(settingsIn(call.view.settings, version), flags.text('pod-network-cidr'));
  for (const [phase, name, pattern] of ADDONS) {
    if (!isWanted(phase)) continue;
    const own = objects.filter(({ metadata }) => pattern.test(metadata.name ?? ''));
    const problem = yield* createAll(run, own);
    if (problem !== undefined) return { error: `error execution phase ${phase}: ${problem}` };
    say(`[addons] Applied essential addon: ${name}`);
  }
  return 'done';
}
