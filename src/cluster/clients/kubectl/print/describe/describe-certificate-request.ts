import { formatRfc1123z, parseRfc3339 } from '../../../../../kernel/time/rfc3339.ts';
import { decodeBase64 } from '../../../../objects/base64.ts';
import type { CertificateSigningRequest, CoreEvent } from '../../../../objects/kubernetes.ts';
import { readRequest } from '../../../../objects/pki/certificate-request.ts';
import { valuesOf } from '../../../../objects/pki/distinguished-name.ts';
import { humanDuration } from '../age.ts';
import { requestStatus } from '../columns/cluster-columns.ts';
import { formatLabels } from '../label-text.ts';
import type { PrintContext } from '../print-context.ts';
import { describeEvents } from './describe-events.ts';
import { alignDescription, field, type Lines } from './description.ts';

/** Mirrors kubectl: describe.go describeCertificateSigningRequest. */
export function describeCertificateRequest(
  request: CertificateSigningRequest,
  events: readonly CoreEvent[] | undefined,
  context: PrintContext,
): string {
  const { metadata, spec } = request;
  const { summary, table } = describeEvents(events, context);
  const createdAt = parseRfc3339(metadata.creationTimestamp ?? '');
  const lines = [
    field('Name', metadata.name),
    field('Labels', formatLabels(metadata.labels)),
    field('Annotations', formatLabels(metadata.annotations)),
    field('CreationTimestamp', createdAt === undefined ? '' : formatRfc1123z(createdAt)),
    field('Requesting User', spec.username),
    field('Signer', spec.signerName),
    ...(spec.expirationSeconds === undefined
      ? []
      : [field('Requested Duration', humanDuration(spec.expirationSeconds * 1000))]),
    field('Status', requestStatus(request)),
    ...subjectLines(request),
    ...summary,
  ];
  return alignDescription(lines, table);
}

const PARTS: readonly (readonly [attribute: string, name: string])[] = [
  ['O', 'Organization'],
  ['OU', 'Organizational Unit'],
  ['C', 'Country'],
  ['L', 'Locality'],
  ['ST', 'Province'],
  ['street', 'StreetAddress'],
];

function subjectLines({ spec }: CertificateSigningRequest): Lines {
  const read = readRequest(decodeBase64(spec.request) ?? '');
  const subject = read?.subject ?? [];
  const listed = (name: string, values: readonly string[]): string[] =>
    values.map((value, index) => (index === 0 ? `\t${name}:\t${value}` : `\t\t${value}`));
  const names = read?.dnsNames ?? [];
  return [
    'Subject:',
    `\tCommon Name:\t${valuesOf(subject, 'CN').at(-1) ?? ''}`,
    `\tSerial Number:\t${valuesOf(subject, 'SN').at(-1) ?? ''}`,
    ...PARTS.flatMap(([attribute, name]) => listed(name, valuesOf(subject, attribute))),
    ...(names.length === 0 ? [] : ['Subject Alternative Names:', ...listed('DNS Names', names)]),
  ];
}
