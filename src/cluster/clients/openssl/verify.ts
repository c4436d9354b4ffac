import { AUTHORITIES, authorityOf } from '../../kubeadm/pki.ts';
import { isSignedBy, readCertificate } from '../../objects/pki/certificate.ts';
import type { Call, Ended } from '../program.ts';
import { inputOf, readOptions } from './options.ts';
import { nameText } from './text.ts';

/** `openssl verify -CAfile ca.crt apiserver.crt` */
export function verify(call: Call, words: readonly string[]): Ended {
  const { values, operands } = readOptions('verify', words, {
    valued: 'CAfile CApath untrusted purpose',
    bare: 'verbose',
  });
  const authority = readCertificate(inputOf(call, values.get('CAfile'), 'CA certificate'));
  const { settings } = call.view;
  const signers = AUTHORITIES.map(({ name }) => authorityOf(name, settings)).filter(
    ({ name }) => authority !== undefined && nameText(name) === nameText(authority.subject),
  );
  let exitCode = 0;
  for (const path of operands) {
    const pem = inputOf(call, path, 'certificate');
    const certificate = readCertificate(pem);
    const isItself =
      authority !== undefined && certificate?.serial === authority.serial && certificate.isAuthority;
    const isSigned = isItself || signers.some((signer) => isSignedBy(pem, signer));
    const isOver = (certificate?.notAfter ?? 0) < settings.epochMs + call.now;
    if (isSigned && !isOver) {
      call.write('stdout', `${path}: OK\n`);
      continue;
    }
    exitCode = 2;
    const [code, why] = isSigned
      ? [10, 'certificate has expired']
      : [20, 'unable to get local issuer certificate'];
    const who = certificate ? nameText(certificate.subject) : '';
    call.write(
      'stderr',
      `${who}\nerror ${code} at 0 depth lookup: ${why}\nerror ${path}: verification failed\n`,
    );
  }
  return { exitCode };
}
