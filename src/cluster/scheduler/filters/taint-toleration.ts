import type { Node, Pod, Taint } from '../../objects/kubernetes.ts';
import { findUntolerated } from '../../objects/tolerations.ts';
import { inVersion, type Since } from '../../objects/versions.ts';
import type { Filter } from '../framework.ts';
import { unresolvable } from './filter.ts';

/** scheduler: plugins/tainttoleration; the wording of 1.36 and 1.20 is that of the recordings. */
const UNTOLERATED: Since<(taint: Taint) => string> = [
  [0, ({ key, value = '' }) => `node(s) had taint {${key}: ${value}}, that the pod didn't tolerate`],
  [25, ({ key, value = '' }) => `node(s) had untolerated taint {${key}: ${value}}`],
  [35, () => 'node(s) had untolerated taint(s)'],
];

/** A taint that keeps pods off, and that the pod does not tolerate. */
export const taintToleration: Filter = {
  name: 'TaintToleration',
  isLocal: true,
  prepare({ pod, version }) {
    const words = inVersion(UNTOLERATED, version);
    return ({ node }) => {
      const taint = untolerated(pod, node);
      return taint && unresolvable(words(taint));
    };
  },
  mayLift(news, { pod }) {
    if (news.kind === 'NodeAdded') return !untolerated(pod, news.node);
    return (
      news.kind === 'NodeTaints' &&
      untolerated(pod, news.before) !== undefined &&
      untolerated(pod, news.node) === undefined
    );
  },
};

/** The first taint that keeps a pod off. */
function untolerated({ spec }: Pod, node: Node): Taint | undefined {
  return findUntolerated(node.spec?.taints, spec.tolerations, ['NoSchedule', 'NoExecute']);
}
