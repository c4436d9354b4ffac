import type { Container } from '../../objects/kubernetes.ts';
import { imageOf } from '../images-of-node.ts';
import { type PodContext, podTitle } from '../pod-worker/pod-context.ts';

/** As whom a container runs: as its pod says, else as its image does. */
export function userOf({ view, pod }: PodContext, { securityContext, image = '' }: Container): number {
  const stated = securityContext?.runAsUser ?? pod.spec.securityContext?.runAsUser;
  return stated ?? imageOf(view.settings, image).behaviour.uid;
}

/**
 * Why a container may not run as whom it would. Kubelet: kuberuntime/security_context.go verifyRunAsNonRoot.
 */
export function userProblem(context: PodContext, container: Container): string | undefined {
  const { pod } = context;
  const own = container.securityContext;
  const isBanned = own?.runAsNonRoot ?? pod.spec.securityContext?.runAsNonRoot;
  if (!isBanned || userOf(context, container) !== 0) return undefined;
  const isStated = (own?.runAsUser ?? pod.spec.securityContext?.runAsUser) !== undefined;
  const what = isStated
    ? "container's runAsUser breaks non-root policy"
    : 'container has runAsNonRoot and image will run as root';
  return `${what} (pod: "${podTitle(context)}", container: ${container.name})`;
}
