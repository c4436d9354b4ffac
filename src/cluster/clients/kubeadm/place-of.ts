import type { PkiPlace } from '../../kubeadm/pki.ts';
import type { KubeVersion } from '../../objects/versions.ts';
import type { Call } from '../program.ts';

/** The machine that kubeadm runs on, as its certificates and manifests name it. */
export function placeOf({ view, machine = '' }: Call, version: KubeVersion): PkiPlace {
  const { settings, rows } = view;
  const ip = rows.row('machines', machine)?.ip ?? '127.0.0.1';
  return {
    seed: settings.seed,
    epochMs: settings.epochMs,
    node: machine,
    ip,
    server: serverIp(view) ?? ip,
    version,
  };
}

/** The first machine of the control plane; undefined where the control plane is run elsewhere. */
function serverIp({ settings, rows }: Call['view']): string | undefined {
  const node = settings.nodes.find(({ controlPlane }) => controlPlane)?.name;
  return node === undefined ? undefined : rows.row('machines', node)?.ip;
}
