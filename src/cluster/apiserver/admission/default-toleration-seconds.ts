import type { KubeObject } from '../../objects/kube-object.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';

const TOLERATED = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

/** kube-apiserver: --default-not-ready-toleration-seconds, --default-unreachable-toleration-seconds. */
const SECONDS = 300;

/** Pods stay five minutes on a node that is lost, unless they say otherwise. */
export const defaultTolerationSeconds: AdmissionPlugin = {
  name: 'DefaultTolerationSeconds',
  resources: ['pods'],
  onCreate: (draft) => tolerate(draft),
  onUpdate: (draft) => tolerate(draft),
};

function tolerate(draft: KubeObject): undefined {
  const { spec } = draft as Pod;
  for (const key of TOLERATED) {
    const isSaid = spec.tolerations?.some(
      (own) => (!own.key || own.key === key) && (!own.effect || own.effect === 'NoExecute'),
    );
    if (isSaid) continue;
    const toleration = { key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: SECONDS };
    spec.tolerations = [...(spec.tolerations ?? []), toleration];
  }
}
