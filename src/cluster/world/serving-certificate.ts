import type { Millis } from '../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../kernel/time/rfc3339.ts';
import { fileKey, hostFileSystem } from '../contract/file-key.ts';
import type { FileRow } from '../contract/file-row.ts';
import type { RowReader } from '../contract/reader.ts';
import type { ClusterSettings } from '../contract/settings.ts';
import { certificateIn } from '../kubeadm/pki.ts';
import { derived } from '../objects/derived.ts';
import { inVersion, type Since } from '../objects/versions.ts';
import { programsOf } from './control-plane.ts';

const SERVING = '/etc/kubernetes/pki/apiserver.crt';

/** How Go's TLS begins what it says of a certificate (since 1.20, with which 1.26 is built). */
const PREFIX: Since<string> = [
  [0, ''],
  [26, 'tls: failed to verify certificate: '],
];

/** When the certificate in a file is over, in milliseconds since 1970; undefined where there is none. */
export const expiryOf = derived(
  ({ content = '' }: FileRow): Millis | undefined => certificateIn(content)?.notAfter,
);

/**
 * Why a client that begins a connection does not trust the API server: its certificate is over. Connections
 * that are there already go on, as those of kubelets and controllers do; nobody looks at a certificate twice.
 */
export function servingProblem(rows: RowReader, settings: ClusterSettings, now: Millis): string | undefined {
  const node = programsOf(rows, 'kube-apiserver')[0]?.node;
  if (node === undefined) return undefined;
  const file = rows.row('files', fileKey({ fileSystem: hostFileSystem(node), path: SERVING }));
  const until = file?.kind === 'file' ? expiryOf(file) : undefined;
  const epochMs = settings.epochMs + now;
  if (until === undefined || epochMs <= until) return undefined;
  const times = `current time ${formatRfc3339(epochMs)} is after ${formatRfc3339(until)}`;
  return `${inVersion(PREFIX, settings.version)}x509: certificate has expired or is not yet valid: ${times}`;
}
