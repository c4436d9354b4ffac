import { readCertificate } from '../../objects/pki/certificate.ts';
import { socketReached } from '../host/host-sockets.ts';
import { machineFiles } from '../machines/machine-files.ts';
import type { Call, Ended } from '../program.ts';
import { OpensslExit, readOptions } from './options.ts';
import { nameText } from './text.ts';

const VALUED = 'connect servername CAfile cert key verify_hostname alpn port host';
const BARE = 'showcerts quiet brief tls1_2 tls1_3 verify_quiet';

/** Where each program that serves with a certificate has it (kubeadm). */
const CERTIFICATES: Readonly<Record<string, string>> = {
  'kube-apiserver': '/etc/kubernetes/pki/apiserver.crt',
  etcd: '/etc/kubernetes/pki/etcd/server.crt',
};

/** `openssl s_client -connect localhost:6443`: with what certificate a service shows itself. */
export function sClient(call: Call, words: readonly string[]): Ended {
  const { values } = readOptions('s_client', words, { valued: VALUED, bare: BARE });
  const [, host = 'localhost', port = '4433'] = /^(.*):(\d+)$/.exec(values.get('connect') ?? '') ?? [];
  const served = servedAt(call, host, Number(port));
  if (served === undefined)
    throw new OpensslExit(
      `80BB4A2A7F000000:error:8000006F:system library:BIO_connect:Connection refused:../crypto/bio/bio_sock2.c:114:calling connect()\nconnect:errno=111`,
    );
  const certificate = readCertificate(served);
  const subject = certificate ? nameText(certificate.subject) : '';
  const issuer = certificate ? nameText(certificate.issuer) : '';
  call.write('stdout', `CONNECTED(00000003)\n---\nCertificate chain\n 0 s:${subject}\n   i:${issuer}\n---\n`);
  call.write(
    'stdout',
    `Server certificate\n${served.trimEnd()}\nsubject=${subject}\nissuer=${issuer}\n---\nDONE\n`,
  );
  return { exitCode: 0 };
}

function servedAt(call: Call, host: string, port: number): string | undefined {
  const reached = socketReached(call, host, port);
  const path = reached?.socket?.secure ? CERTIFICATES[reached.socket.name] : undefined;
  return reached && path !== undefined ? machineFiles(call.view, reached.machine)[path] : undefined;
}
