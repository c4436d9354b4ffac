import { manifestPath } from '../../contract/control-plane-paths.ts';
import { PROGRAMS } from '../../contract/control-plane-rows.ts';
import { isFounded } from '../../contract/settings.ts';
import { formatKubeVersion, parseKubeVersion } from '../../objects/versions.ts';
import { findFile } from '../files.ts';
import { fatal } from './cluster-state.ts';
import type { Phase, Run } from './run-phases.ts';
import { noteUnheeded } from './setup-asked.ts';
import { kubeletTooNew } from './version-policy.ts';

/** Whether a machine may become the first of a cluster, and which version that will be. */
export const preflight: Phase = function* (run) {
  const { call, say, version, node, flags, notes } = run;
  const asked = flags.text('kubernetes-version');
  const wanted = asked === '' || /^(stable|latest)$/.test(asked) ? version : parseKubeVersion(asked);
  if (!wanted) return { error: `couldn't parse Kubernetes version "${asked}"` };
  if (wanted.minor < version.minor - 1)
    return {
      error: `this version of kubeadm only supports deploying clusters with the control plane version >= 1.${version.minor - 1}.0. Current version: ${formatKubeVersion(wanted)}`,
    };
  say(`[init] Using Kubernetes version: ${formatKubeVersion(wanted)}`);
  say('[preflight] Running pre-flight checks');
  notes['target'] = formatKubeVersion(wanted);
  const tooNew = kubeletTooNew(call, wanted);
  const errors = [...preflightErrors(run), ...(tooNew === undefined ? [] : [tooNew])];
  if (errors.length > 0) return { error: `error execution phase preflight: ${fatal(errors)}` };
  const { settings } = call.view;
  const [plane] = settings.nodes.filter(({ controlPlane }) => controlPlane);
  const why = isFounded(settings)
    ? 'a second cluster beside the one that is there is not simulated'
    : plane?.name === node
      ? undefined
      : `a cluster is set up on the first machine with controlPlane: true${plane ? `, ${plane.name}` : ''}`;
  if (why === undefined) {
    yield* noteUnheeded(run);
    return 'done';
  }
  yield { type: 'NoticeGiven', about: 'kubeadm init', message: why };
  return { error: `kubeadm init: ${why}` };
};

function preflightErrors({ call, node }: Run): readonly string[] {
  const errors = PROGRAMS.map(manifestPath)
    .filter((path) => findFile(call.files, path).type === 'file')
    .map((path) => `[ERROR FileAvailable-${path.replaceAll('/', '-')}]: ${path} already exists`);
  if (errors.length > 0) errors.push('[ERROR Port-6443]: Port 6443 is in use');
  if (call.view.rows.row('machines', node)?.kubelet.running)
    errors.push('[ERROR Port-10250]: Port 10250 is in use');
  if (findFile(call.files, '/var/lib/etcd').type === 'folder')
    errors.push('[ERROR DirAvailable--var-lib-etcd]: /var/lib/etcd is not empty');
  return errors.sort();
}
