import type { View } from '../contract/component.ts';
import { fileKey, hostFileSystem } from '../contract/file-key.ts';
import type { KubeletFailure } from '../contract/kubelet-row.ts';
import { kubeletProblem } from '../kubeadm/kubelet-problem.ts';
import {
  KUBEADM_DROP_IN,
  KUBEADM_DROP_IN_PATH,
  KUBELET_UNIT,
  KUBELET_UNIT_PATH,
} from '../kubeadm/kubelet-unit.ts';

/** What the package has installed, where nobody has changed it. */
const INSTALLED: Readonly<Record<string, string>> = {
  [KUBELET_UNIT_PATH]: KUBELET_UNIT,
  [KUBEADM_DROP_IN_PATH]: KUBEADM_DROP_IN,
};

const PROGRAM = '/usr/bin/kubelet';

/**
 * Why a kubelet cannot run that has just been started: what kubeadm has left on its machine is gone, or makes
 * no sense. Nothing is asked of machines that kubeadm has never set up.
 */
export function startProblem({ rows }: View, node: string): KubeletFailure | undefined {
  const fileSystem = hostFileSystem(node);
  const rowOf = (path: string) => rows.row('files', fileKey({ fileSystem, path }));
  if (rowOf('/var/lib/kubelet/config.yaml') === undefined) return undefined;
  const read = (path: string): string | undefined => {
    const row = rowOf(path);
    if (row === undefined) return INSTALLED[path];
    return row.kind === 'file' ? (row.content ?? '') : undefined;
  };
  return kubeletProblem(read, (path) =>
    path === PROGRAM ? rowOf(path)?.kind !== 'removed' : rowOf(path)?.kind === 'file',
  );
}
