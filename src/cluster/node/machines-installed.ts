import type { Millis } from '../../kernel/time/millis.ts';
import type { View } from '../contract/component.ts';
import type { Event } from '../contract/event.ts';
import type { MachineEvent } from '../contract/machine-event.ts';
import type { ProxyRuleChange } from '../contract/proxy-rows.ts';
import type { ClusterSettings, NodeSettings } from '../contract/settings.ts';
import { addressOf, podCidrOf } from './addresses.ts';
import { presentImages } from './images-of-node.ts';

/** The machines of a cluster as it begins: with their kubelets running for as long as the settings say. */
export function* machinesInstalled(
  settings: ClusterSettings,
  rulesOn: (node: string) => readonly ProxyRuleChange[],
): Generator<Event> {
  const images = presentImages(settings);
  for (const [index, { name, kubeletStartedAt, spare }] of settings.nodes.entries()) {
    const place = { node: name, ip: addressOf(index), podCidr: podCidrOf(index) };
    const since = spare ? {} : { kubeletStartedAt };
    yield { type: 'MachineInstalled', ...place, ...since, images, rules: rulesOn(name) };
  }
}

/** A machine is added to a cluster that runs. Its kubelet starts, and finds nobody who knows of it. */
export function machineJoined(
  { rows, settings }: View,
  joins: NodeSettings,
  at: Millis,
): Extract<MachineEvent, { type: 'MachineInstalled' }> {
  const index = rows.rowsBy('machines', 'all', '').length;
  return {
    type: 'MachineInstalled',
    node: joins.name,
    ip: addressOf(index),
    podCidr: podCidrOf(index),
    kubeletStartedAt: at,
    images: presentImages(settings),
    joins,
  };
}
