import { fileKey, hostFileSystem } from '../../../contract/file-key.ts';
import type { FileRow } from '../../../contract/file-row.ts';
import { expiryOf, servingProblem } from '../../../world/serving-certificate.ts';
import type { Call } from '../../program.ts';
import { KubectlExit } from '../failure.ts';

/** Where a person on a machine has a kubeconfig, in the order in which it is looked for. */
const PLACES = ['/root/.kube/config', '/etc/kubernetes/admin.conf'];

/** Whether the API server is trusted when a connection begins. */
export function checkServing({ view, now }: Call): void {
  const problem = servingProblem(view.rows, view.settings, now);
  if (problem !== undefined) throw new KubectlExit(`Unable to connect to the server: ${problem}`);
}

/**
 * Whether the person on a machine has a kubeconfig at all, and is still believed. That of the first machine
 * of the control plane is kubeadm's admin.conf; on others nobody has put one.
 */
export function checkOwn(call: Call): void {
  const { view, now, machine } = call;
  const own = machine === undefined ? undefined : ownFile(call, machine);
  if (machine !== undefined && own === undefined)
    throw new KubectlExit(
      'The connection to the server localhost:8080 was refused - did you specify the right host or port?',
    );
  checkServing(call);
  const until = own && expiryOf(own);
  if (until !== undefined && view.settings.epochMs + now > until)
    throw new KubectlExit('error: You must be logged in to the server (Unauthorized)');
}

function ownFile({ view }: Call, machine: string): FileRow | undefined {
  const fileSystem = hostFileSystem(machine);
  const files = PLACES.map((path) => view.rows.row('files', fileKey({ fileSystem, path })));
  return files.find((file) => file?.kind === 'file');
}
