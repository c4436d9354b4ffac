import { decodeBase64, utf8Length } from '../../../../objects/base64.ts';
import { sortedKeys } from '../../../../objects/json.ts';
import type { ConfigMap, CoreEvent, Secret } from '../../../../objects/kubernetes.ts';
import type { PrintContext } from '../print-context.ts';
import { printsSince } from '../prints-since.ts';
import { describeEvents } from './describe-events.ts';
import { alignDescription, annotationLines, field, labelLines } from './description.ts';

/** Mirrors kubectl: describe.go ConfigMapDescriber. */
export function describeConfigMap(
  { metadata, data = {}, binaryData = {} }: ConfigMap,
  events: readonly CoreEvent[] | undefined,
  context: PrintContext,
): string {
  const { summary, table } = describeEvents(events, context);
  const isSpaced = printsSince(context.version, 'configMapSpacing');
  const lines = [
    field('Name', metadata.name),
    field('Namespace', metadata.namespace),
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    '',
    'Data',
    '====',
    ...sortedKeys(data).flatMap((key) => [`${key}:`, '----', data[key] ?? '', ...(isSpaced ? [''] : [])]),
    ...(printsSince(context.version, 'configMapBinaryData')
      ? [
          '',
          'BinaryData',
          '====',
          ...sortedKeys(binaryData).map((key) => bytesText(key, binaryData[key])),
          '',
        ]
      : []),
    ...summary,
  ];
  return alignDescription(lines, table);
}

function bytesText(key: string, encoded = ''): string {
  return `${key}: ${decodedLength(encoded)} bytes`;
}

/**
 * Mirrors kubectl: describe.go describeSecret. Until 1.33 the keys came in Go's random order; ours are
 * sorted.
 */
export function describeSecret({ metadata, type = '', data = {} }: Secret): string {
  const isToken = (key: string) => key === 'token' && type === 'kubernetes.io/service-account-token';
  return alignDescription([
    field('Name', metadata.name),
    field('Namespace', metadata.namespace),
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    '',
    field('Type', type),
    '',
    'Data',
    '====',
    ...sortedKeys(data).map((key) => {
      const encoded = data[key] ?? '';
      return field(key, isToken(key) ? decodeBase64(encoded) : `${decodedLength(encoded)} bytes`);
    }),
  ]);
}

/** How many bytes base64 stands for. */
function decodedLength(encoded: string): number {
  const digits = encoded.replace(/[\r\n=]/g, '');
  return Math.floor((utf8Length(digits) * 3) / 4);
}
