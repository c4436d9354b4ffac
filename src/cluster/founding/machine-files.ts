import type { Millis } from '../../kernel/time/millis.ts';
import type { Event } from '../contract/event.ts';
import { hostFileSystem } from '../contract/file-key.ts';
import type { FileRow } from '../contract/file-row.ts';
import type { ClusterSettings } from '../contract/settings.ts';
import { kubeletCredentials } from '../kubeadm/kubelet-credentials.ts';
import { credentialFiles, manifestFiles, workerFiles } from '../kubeadm/machine-files.ts';
import type { PlaneMachine } from '../kubeadm/plane-machine.ts';
import { addressOf } from '../node/addresses.ts';

/** The machines of the control plane, in the order in which they were added to it. */
export function machinesOf({ version, nodes }: ClusterSettings): readonly PlaneMachine[] {
  const machines: PlaneMachine[] = [];
  for (const [index, { name: node, controlPlane, spare }] of nodes.entries()) {
    if (!controlPlane || spare) continue;
    const members = Object.fromEntries(machines.map((machine) => [machine.node, machine.ip]));
    machines.push({ node, ip: addressOf(index), version, members });
  }
  return machines;
}

/** What kubelets have been given since, by which the API server knows them. */
export function* kubeletFilesFound(settings: ClusterSettings, at: Millis): Generator<FileRow> {
  const { version, seed, epochMs, nodes, certificatesAgeMs } = settings;
  const signedAt = certificatesAgeMs === undefined ? at : -certificatesAgeMs;
  const server = machinesOf(settings)[0]?.ip ?? '';
  for (const [index, { name: node, spare }] of nodes.entries()) {
    if (spare) continue;
    const place = { seed, epochMs, node, ip: addressOf(index), server, version };
    const { path, content, mode } = kubeletCredentials(place, signedAt);
    yield { fileSystem: hostFileSystem(node), path, kind: 'file', content, mode, modifiedAt: at };
  }
}

/** What kubeadm writes onto the machines of a cluster. */
export function* filesWritten(settings: ClusterSettings, at: Millis): Generator<Event> {
  const { version, seed, epochMs, nodes } = settings;
  const planes = machinesOf(settings);
  const server = planes[0]?.ip ?? '';
  const { certificatesAgeMs } = settings;
  const signedAt = certificatesAgeMs === undefined ? at : -certificatesAgeMs;
  for (const [index, { name: node, spare }] of nodes.entries()) {
    if (spare) continue;
    const plane = planes.find((machine) => machine.node === node);
    const place = { seed, epochMs, node, ip: addressOf(index), server, version };
    const own = plane ? [...credentialFiles(place, signedAt), ...manifestFiles(plane)] : [];
    const fileSystem = hostFileSystem(node);
    for (const { path, content, mode } of [...own, ...workerFiles(place)])
      yield { type: 'FileWritten', node, fileSystem, path, kind: 'file', content, mode, modifiedAt: at };
  }
}
