import type { ProgramName } from './control-plane-rows.ts';

/** The folder whose manifests a kubelet runs without being told by anybody (kubeadm: constants.go). */
export const MANIFESTS = '/etc/kubernetes/manifests';

/** Where the manifest of a program of the control plane lies on its machine. */
export function manifestPath(program: ProgramName): string {
  return `${MANIFESTS}/${program}.yaml`;
}
