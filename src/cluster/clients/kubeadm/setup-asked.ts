import type { Doing } from '../../contract/doing.ts';
import { isFounded } from '../../contract/settings.ts';
import type { PlaneMachine } from '../../kubeadm/plane-machine.ts';
import { setupInCluster } from '../../kubeadm/setup.ts';
import type { Call } from '../program.ts';
import { placeOf } from './place-of.ts';
import type { Run } from './run-phases.ts';
import { targetOf } from './target-of.ts';

type Asked = Pick<PlaneMachine, 'version' | 'podCidr' | 'extraArgs'>;

/** What flags and files ask for of a new cluster. */
export function askedOf(run: Run): Asked & { readonly podCidr: string } {
  const { flags } = run;
  return {
    version: targetOf(run),
    podCidr: flags.text('pod-network-cidr'),
    ...(flags.setup && { extraArgs: flags.setup.extraArgs }),
  };
}

/** What the cluster was asked to be when it was set up: from then on its own configuration says so. */
export function askedBefore({ view }: Call, clusterConfiguration: string): Omit<Asked, 'version'> {
  const { podCidr, extraArgs } = setupInCluster(clusterConfiguration);
  return { ...((podCidr !== '' || !isFounded(view.settings)) && { podCidr }), extraArgs };
}

/** Flags that change nothing here, with what they come to anyway. */
const FIXED: readonly (readonly [flag: string, value: string])[] = [
  ['service-cidr', '10.96.0.0/12'],
  ['service-dns-domain', 'cluster.local'],
  ['image-repository', 'registry.k8s.io'],
  ['apiserver-bind-port', '6443'],
  ['apiserver-cert-extra-sans', ''],
  ['feature-gates', ''],
];

/** What is asked for and does not come of it is named. */
export function* noteUnheeded({ flags, call, node, version }: Run): Doing<void> {
  const own = [
    ['apiserver-advertise-address', placeOf(call, version).ip],
    ['node-name', node],
  ] as const;
  for (const [name, value] of [...FIXED, ...own]) {
    const asked = flags.text(name);
    if (asked === '' || asked === value) continue;
    const message =
      value === '' ? `${asked} changes nothing here` : `it is ${value}, whatever ${asked} is asked for`;
    yield { type: 'NoticeGiven', about: `kubeadm init --${name}`, message };
  }
  for (const field of flags.setup?.unheeded ?? [])
    yield { type: 'NoticeGiven', about: 'kubeadm --config', message: `${field} changes nothing here` };
}
