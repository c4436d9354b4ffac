import type { Event } from '../contract/event.ts';
import type { ProxyRuleChange } from '../contract/proxy-rows.ts';
import type { ClusterSettings } from '../contract/settings.ts';
import { addressOf, podCidrOf } from './addresses.ts';
import { presentImages } from './images-of-node.ts';

/** The machines of a cluster as it begins: with their kubelets running for as long as the settings say. */
export function* machinesInstalled(
  settings: ClusterSettings,
  rulesOn: (node: string) => readonly ProxyRuleChange[],
): Generator<Event> {
  const images = presentImages(settings);
  for (const [index, { name, kubeletStartedAt }] of settings.nodes.entries()) {
    const place = { node: name, ip: addressOf(index), podCidr: podCidrOf(index) };
    yield { type: 'MachineInstalled', ...place, kubeletStartedAt, images, rules: rulesOn(name) };
  }
}
