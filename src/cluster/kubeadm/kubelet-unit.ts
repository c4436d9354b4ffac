import { type Millis, SECOND } from '../../kernel/time/millis.ts';

/** The unit that Kubernetes' package of the kubelet has (kubernetes/release: templates/latest/kubelet). */
export const KUBELET_UNIT = `[Unit]
Description=kubelet: The Kubernetes Node Agent
Documentation=https://kubernetes.io/docs/
Wants=network-online.target
After=network-online.target

[Service]
ExecStart=/usr/bin/kubelet
Restart=always
StartLimitInterval=0
RestartSec=10

[Install]
WantedBy=multi-user.target
`;

/** So long after its end systemd starts the kubelet again: RestartSec of its unit. */
export const KUBELET_RESTART_MS: Millis = 10 * SECOND;

/** How it calls the kubelet: what the variables are is in its files. */
export const KUBEADM_EXEC_START =
  '/usr/bin/kubelet $KUBELET_KUBECONFIG_ARGS $KUBELET_CONFIG_ARGS $KUBELET_KUBEADM_ARGS $KUBELET_EXTRA_ARGS';

/** What kubeadm's package puts beside it (kubernetes/release: templates/latest/kubeadm/10-kubeadm.conf). */
export const KUBEADM_DROP_IN = `# Note: This dropin only works with kubeadm and kubelet v1.11+
[Service]
Environment="KUBELET_KUBECONFIG_ARGS=--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf"
Environment="KUBELET_CONFIG_ARGS=--config=/var/lib/kubelet/config.yaml"
# This is a file that "kubeadm init" and "kubeadm join" generates at runtime, populating the KUBELET_KUBEADM_ARGS variable dynamically
EnvironmentFile=-/var/lib/kubelet/kubeadm-flags.env
# This is a file that the user can use for overrides of the kubelet args as a last resort. Preferably, the user should use
# the .NodeRegistration.KubeletExtraArgs object in the configuration files instead. KUBELET_EXTRA_ARGS should be sourced from this file.
EnvironmentFile=-/etc/default/kubelet
ExecStart=
ExecStart=${KUBEADM_EXEC_START}
`;

export const KUBELET_UNIT_PATH = '/usr/lib/systemd/system/kubelet.service';
export const KUBEADM_DROP_IN_PATH = '/usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf';

/** Where people look for it, too, and where it lay before 1.28 (kubernetes/release). */
const DROP_IN_FOLDERS = [
  '/usr/lib/systemd/system/kubelet.service.d/',
  '/lib/systemd/system/kubelet.service.d/',
  '/etc/systemd/system/kubelet.service.d/',
];

/** The text of a file of the machine, if it is there. */
export type ReadFile = (path: string) => string | undefined;

/** How systemd calls the kubelet. */
export interface KubeletCall {
  readonly program: string;
  readonly args: readonly string[];
}

/** What its unit says, and the files beside it, of which the last has the last word (systemd.unit(5)). */
export function kubeletCall(read: ReadFile): KubeletCall {
  const texts = [
    read('/etc/systemd/system/kubelet.service') ?? read(KUBELET_UNIT_PATH) ?? '',
    ...DROP_IN_FOLDERS.map((folder) => read(`${folder}10-kubeadm.conf`) ?? ''),
  ];
  const variables = new Map<string, string>();
  let line = '';
  for (const [, key = '', value = ''] of texts.join('\n').matchAll(/^(\w+)=(.*)$/gm)) {
    if (key === 'ExecStart') line = value;
    else if (key === 'Environment') setVariable(variables, value);
    else if (key === 'EnvironmentFile')
      for (const [, each = ''] of (read(value.replace(/^-/, '')) ?? '').matchAll(/^(\w+=.*)$/gm))
        setVariable(variables, each);
  }
  const [program = '', ...args] = line
    .split(/\s+/)
    .flatMap((word) =>
      word.startsWith('$') ? wordsOf(variables.get(word.replace(/[${}]/g, '')) ?? '') : [word],
    )
    .filter((word) => word !== '');
  return { program, args };
}

function setVariable(variables: Map<string, string>, text: string): void {
  const [, name = '', value = ''] = /^(\w+)=(.*)$/s.exec(unquoted(text)) ?? [];
  if (name !== '') variables.set(name, unquoted(value));
}

function unquoted(text: string): string {
  return text.trim().replace(/^(["'])(.*)\1$/s, '$2');
}

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
