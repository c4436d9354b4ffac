import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { ContainerRow } from '../../contract/machine-rows.ts';
import type { Call } from '../program.ts';
import { stateOf } from './crictl-rows.ts';

const NEVER = '0001-01-01T00:00:00Z';

/** The status that `crictl inspect` shows first; what the runtime says besides is left out. */
export function inspectText({ view }: Call, row: ContainerRow): string {
  const [namespace = '', pod = '', uid = ''] = row.pod.split('/');
  const time = (at: number | undefined): string =>
    at === undefined ? NEVER : formatRfc3339(view.settings.epochMs + at);
  const status = {
    id: row.id,
    metadata: { attempt: row.attempt, name: row.name },
    state: `CONTAINER_${stateOf(row).toUpperCase()}`,
    createdAt: time(row.createdAt),
    startedAt: time(row.startedAt),
    finishedAt: time(row.exit?.at),
    exitCode: row.exit?.code ?? 0,
    image: { annotations: {}, image: row.image, runtimeHandler: '', userSpecifiedImage: row.specImage },
    imageRef: row.imageId,
    reason: row.exit?.reason ?? '',
    message: row.exit?.message ?? '',
    labels: containerLabels(row),
    logPath: `/var/log/pods/${namespace}_${pod}_${uid}/${row.name}/${row.attempt}.log`,
  };
  const info = { sandboxID: row.sandbox };
  return `${JSON.stringify({ status, info }, null, 2)}\n`;
}

/** By which the kubelet finds its containers again (kubelet: kuberuntime/labels.go). */
function containerLabels(row: ContainerRow): Readonly<Record<string, string>> {
  return { 'io.kubernetes.container.name': row.name, ...podLabels(row.pod) };
}

/** Those of a pod's sandbox, and of its containers. */
export function podLabels(podKey: string): Readonly<Record<string, string>> {
  const [namespace = '', name = '', uid = ''] = podKey.split('/');
  return {
    'io.kubernetes.pod.name': name,
    'io.kubernetes.pod.namespace': namespace,
    'io.kubernetes.pod.uid': uid,
  };
}

/** `crictl ps -o json`: as the runtime lists them. */
export function containersJson({ view }: Call, rows: readonly ContainerRow[]): string {
  const containers = rows.map((row) => ({
    id: row.id,
    podSandboxId: row.sandbox,
    metadata: { name: row.name, attempt: row.attempt },
    image: { image: row.imageId, annotations: {}, userSpecifiedImage: row.specImage, runtimeHandler: '' },
    imageRef: row.imageId,
    state: `CONTAINER_${stateOf(row).toUpperCase()}`,
    createdAt: `${view.settings.epochMs + row.createdAt}000000`,
    labels: containerLabels(row),
  }));
  return `${JSON.stringify({ containers }, null, 2)}\n`;
}
