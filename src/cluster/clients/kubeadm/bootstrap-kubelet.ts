import { MINUTE, SECOND } from '../../../kernel/time/millis.ts';
import { BOOTSTRAP_KUBECONFIG, bootstrapConfText } from '../../kubeadm/kubeconfig.ts';
import { KUBELET_CERTIFICATE } from '../../kubeadm/kubelet-credentials.ts';
import { authorityCertificate, type PlacedFile } from '../../kubeadm/pki.ts';
import { packageVersionOf } from './package-version.ts';
import { placeOf } from './place-of.ts';
import type { Phase, Run } from './run-phases.ts';

/**
 * For so long kubeadm waits for a kubelet's first certificate, and so often it looks (kubeadm: constants.go).
 */
const PATIENCE_MS = 5 * MINUTE;
const POLL_MS = SECOND;

/** What a kubelet gets of its machine's files instead of credentials: a token with which to ask for them. */
export function bootstrapFiles(run: Run, files: readonly PlacedFile[]): readonly PlacedFile[] {
  const { call, flags } = run;
  const place = placeOf(call, packageVersionOf(call, 'kubelet'));
  const token = flags.text('tls-bootstrap-token') || flags.text('token') || flags.text('discovery-token');
  const content = bootstrapConfText(place.server, authorityCertificate('ca', place), token);
  const others = files.filter(
    ({ path }) => path !== '/etc/kubernetes/kubelet.conf' && path !== KUBELET_CERTIFICATE,
  );
  return [...others, { path: BOOTSTRAP_KUBECONFIG, content, mode: 0o600 }];
}

/** kubeadm: cmd/phases/join/kubelet.go waitForTLSBootstrappedClient. */
export const awaitBootstrap: Phase = function* ({ call, node, say, since, version, written }) {
  yield* [];
  const { now, view } = call;
  const isOver = now >= since + PATIENCE_MS;
  const waits = view.rows.row('machines', node)?.kubelet.bootstraps === true;
  if (waits && !isOver) return { until: now + POLL_MS };
  written.push({ path: BOOTSTRAP_KUBECONFIG, text: '', kind: 'removed' });
  if (!waits) return 'done';
  const error = version.minor >= 28 ? 'context deadline exceeded' : 'timed out waiting for the condition';
  say(unfortunately(error));
  return {
    error: `error execution phase ${version.minor >= 32 ? 'kubelet-wait-bootstrap' : 'kubelet-start'}: ${error}`,
  };
};

function unfortunately(error: string): string {
  return `
Unfortunately, an error has occurred:
	${error}

This error is likely caused by:
	- The kubelet is not running
	- The kubelet is unhealthy due to a misconfiguration of the node in some way (required cgroups disabled)

If you are on a systemd-powered system, you can try to troubleshoot the error with the following commands:
	- 'systemctl status kubelet'
	- 'journalctl -xeu kubelet'
`;
}
