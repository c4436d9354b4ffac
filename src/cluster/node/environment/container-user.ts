import type { Container } from '../../objects/kubernetes.ts';
import { imageOf } from '../images-of-node.ts';
import { type PodContext, podTitle } from '../pod-worker/pod-context.ts';

/** The user `nonroot` of distroless images. */
const NONROOT_UID = 65_532;

/**
 * As whom a container runs: as its pod says, else as its image does. An image of which nothing is known is
 * taken to be what its pod asks for: whoever wrote `runAsNonRoot` has seen it run.
 */
export function userOf(context: PodContext, container: Container): number {
  const { view, pod } = context;
  const stated = container.securityContext?.runAsUser ?? pod.spec.securityContext?.runAsUser;
  if (stated !== undefined) return stated;
  const { uid, isUnknown = false, hasMore = false } = imageOf(view.settings, container.image ?? '').behaviour;
  return (isUnknown || hasMore) && isRootBanned(context, container) ? NONROOT_UID : uid;
}

function isRootBanned({ pod }: PodContext, { securityContext }: Container): boolean {
  return (securityContext?.runAsNonRoot ?? pod.spec.securityContext?.runAsNonRoot) === true;
}

/**
 * Why a container may not run as whom it would. Kubelet: kuberuntime/security_context.go verifyRunAsNonRoot.
 */
export function userProblem(context: PodContext, container: Container): string | undefined {
  if (!isRootBanned(context, container) || userOf(context, container) !== 0) return undefined;
  const { securityContext } = context.pod.spec;
  const isStated = (container.securityContext?.runAsUser ?? securityContext?.runAsUser) !== undefined;
  const what = isStated
    ? "container's runAsUser breaks non-root policy"
    : 'container has runAsNonRoot and image will run as root';
  return `${what} (pod: "${podTitle(context)}", container: ${container.name})`;
}
