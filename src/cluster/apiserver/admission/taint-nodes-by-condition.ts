import type { Node } from '../../objects/kubernetes.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';

const NOT_READY = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' };

/** A new node takes no pods before it was seen ready (kubernetes: admission/nodetaint). */
export const taintNodesByCondition: AdmissionPlugin = {
  name: 'TaintNodesByCondition',
  resources: ['nodes'],
  onCreate(draft) {
    const node = draft as Node;
    const taints = node.spec?.taints ?? [];
    if (taints.some(({ key, effect }) => key === NOT_READY.key && effect === NOT_READY.effect))
      return undefined;
    node.spec = { ...node.spec, taints: [...taints, { ...NOT_READY }] };
    return undefined;
  },
};
