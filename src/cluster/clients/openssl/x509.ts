import { DAY, SECOND } from '../../../kernel/time/millis.ts';
import { hexOf } from '../../objects/hex.ts';
import {
  type Authority,
  type Certificate,
  clusterAuthority,
  readCertificate,
  signCertificate,
} from '../../objects/pki/certificate.ts';
import { readRequest } from '../../objects/pki/certificate-request.ts';
import { authorityCertificate } from '../../objects/pki/client-credentials.ts';
import { readPem, writePem } from '../../objects/pki/pem.ts';
import { drawn } from '../../objects/pki/rsa-key.ts';
import { sha1 } from '../../objects/sha1.ts';
import { sha256OfBytes } from '../../objects/sha256.ts';
import type { Call, Ended } from '../program.ts';
import { modulusOf } from './keys.ts';
import { inputOf, OpensslExit, type Options, output, readOptions } from './options.ts';
import { certificateText, dateText, hostLines, nameText } from './text.ts';

const VALUED = 'in out CA CAkey CAserial days extfile extensions set_serial nameopt inform ext checkend';
const BARE =
  'req noout text subject issuer dates startdate enddate serial CAcreateserial sha256 sha1 pubkey modulus fingerprint';

/**
 * `openssl x509 -in jane.crt -noout -text`, and `-req -in jane.csr -CA ca.crt -CAkey ca.key -out jane.crt`.
 */
export function x509(call: Call, words: readonly string[]): Ended {
  const options = readOptions('x509', words, { valued: VALUED, bare: BARE });
  return options.bare.has('req') ? sign(call, options) : show(call, options);
}

function show(call: Call, { values, bare }: Options): Ended {
  const path = values.get('in');
  const pem = inputOf(call, path, 'certificate');
  const certificate = readCertificate(pem);
  if (certificate === undefined)
    throw new OpensslExit(`Could not find certificate from ${path ?? '<stdin>'}`);
  const { subject, issuer, notBefore, notAfter, serial } = certificate;
  const [starts, ends] = [bare.has('startdate'), bare.has('enddate')];
  const shown = [
    ...(bare.has('text') ? [certificateText(certificate)] : []),
    ...(bare.has('serial') ? [`serial=${serial.toUpperCase()}\n`] : []),
    ...(bare.has('subject') ? [`subject=${nameText(subject)}\n`] : []),
    ...(bare.has('issuer') ? [`issuer=${nameText(issuer)}\n`] : []),
    ...(bare.has('dates') || starts ? [`notBefore=${dateText(notBefore)}\n`] : []),
    ...(bare.has('dates') || ends ? [`notAfter=${dateText(notAfter)}\n`] : []),
    ...(bare.has('modulus') ? [`Modulus=${modulusOf(certificate.publicKey)}\n`] : []),
    ...(bare.has('pubkey') ? [writePem({ type: 'PUBLIC KEY', bytes: certificate.publicKey })] : []),
    ...(bare.has('fingerprint') ? [fingerprint(pem, bare.has('sha256'))] : []),
    ...(/subjectAltName/.test(values.get('ext') ?? '') ? hostLines(certificate.dnsNames, 0) : []),
    ...(bare.has('noout') ? [] : [firstPem(pem)]),
  ];
  const seconds = values.get('checkend');
  if (seconds !== undefined) {
    const { view, now } = call;
    const expires = notAfter < view.settings.epochMs + now + Number(seconds) * SECOND;
    shown.push(`Certificate will ${expires ? '' : 'not '}expire\n`);
    return { ...output(call, values.get('out'), shown.join('')), exitCode: expires ? 1 : 0 };
  }
  return output(call, values.get('out'), shown.join(''));
}

function firstPem(pem: string): string {
  return /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----\n?/.exec(pem)?.[0] ?? pem;
}

function fingerprint(pem: string, isLong: boolean): string {
  const bytes = readPem(pem).find(({ type }) => type === 'CERTIFICATE')?.bytes ?? [];
  const text = isLong ? sha256OfBytes(bytes) : hexOf(sha1(bytes));
  return `${isLong ? 'sha256' : 'SHA1'} Fingerprint=${(text.toUpperCase().match(/../g) ?? []).join(':')}\n`;
}

/** Signs with a certificate and a key that lie at hand: the cluster's own, on its machine. */
function sign(call: Call, { values }: Options): Ended {
  const request = readRequest(inputOf(call, values.get('in'), 'certificate request'));
  if (request === undefined) throw new OpensslExit('Could not find certificate request');
  const authority = authorityOf(call, values);
  const { view, now, command, instance } = call;
  const notBefore = view.settings.epochMs + now;
  const certificate: Certificate = {
    subject: request.subject,
    issuer: authority.name,
    publicKey: request.publicKey,
    notBefore,
    notAfter: notBefore + Number(values.get('days') ?? 30) * DAY,
    serial: hexOf(drawn(`${view.chance.seed} serial ${command} ${instance}`, 20)),
    // One that names no purpose is good for all.
    usages: ['client auth', 'server auth'],
    dnsNames: request.dnsNames,
    isAuthority: false,
  };
  call.write('stderr', `Certificate request self-signature ok\nsubject=${nameText(request.subject)}\n`);
  return output(call, values.get('out'), signCertificate(certificate, authority));
}

function authorityOf(call: Call, values: Options['values']): Authority {
  const [path, keyPath] = [values.get('CA'), values.get('CAkey')];
  if (path === undefined)
    throw new OpensslExit('x509: a certificate that signs itself is not simulated: name -CA');
  const { settings } = call.view;
  const text = inputOf(call, path, 'CA certificate');
  const key = inputOf(call, keyPath ?? path, 'CA private key');
  if (text === authorityCertificate(settings) || path === '/etc/kubernetes/pki/ca.crt')
    return clusterAuthority(settings);
  const certificate = readCertificate(text);
  if (certificate === undefined) throw new OpensslExit(`Could not find CA certificate from ${path}`);
  return { name: certificate.subject, secret: key };
}
