import { describe, expect, test } from 'vitest';
import {
  printCustomColumns,
  printCustomColumnsFile,
} from '../../../../../../src/cluster/clients/kubectl/print/output/print-custom-columns.ts';

const pods = [
  { metadata: { name: 'web-0' }, status: { podIP: '10.0.0.1' } },
  { metadata: { name: 'batch' }, status: {} },
];

describe('custom columns', () => {
  test('a blank after a comma becomes part of the header', () => {
    expect(printCustomColumns('NAME:{metadata.name}, IP:{status.podIP}', pods)).toEqual({
      ok: true,
      text: 'NAME     IP\nweb-0   10.0.0.1\nbatch   <none>\n',
    });
  });

  test.each([
    [
      'a line of headers and one of paths',
      'NAME  IP\nmetadata.name  {.status.podIP}\n',
      'NAME    IP\nweb-0   10.0.0.1\nbatch   <none>\n',
    ],
    [
      '',
      '',
      'invalid template, missing header line. Expected format is one line of space separated headers, one line of space separated column specs.',
    ],
    [
      'no paths',
      'NAME\n',
      'invalid template, missing spec line. Expected format is one line of space separated headers, one line of space separated column specs.',
    ],
    [
      'too few paths',
      'NAME IP\nmetadata.name\n',
      "number of headers (2) and field specifications (1) don't match",
    ],
  ])('from a file: %s', (_, template, text) => {
    const printed = printCustomColumnsFile(template, pods);
    expect(printed.ok ? printed.text : printed.message).toBe(text);
  });
});
