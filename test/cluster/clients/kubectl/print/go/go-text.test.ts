import { describe, expect, test } from 'vitest';
import { goSyntax, goText, goType } from '../../../../../../src/cluster/clients/kubectl/print/go/go-text.ts';
import type { Json } from '../../../../../../src/cluster/objects/json.ts';

describe('values as Go prints them', () => {
  test.each<[Json, string, string, string]>([
    [null, '<nil>', 'interface {}(nil)', '<nil>'],
    [true, 'true', 'true', 'bool'],
    [12, '12', '12', 'int64'],
    [1.5, '1.5', '1.5', 'float64'],
    [0.00001, '1e-05', '1e-05', 'float64'],
    ['a"b', 'a"b', '"a\\"b"', 'string'],
    [['a', 1], '[a 1]', '[]interface {}{"a", 1}', '[]interface {}'],
    [
      { b: [], a: null },
      'map[a:<nil> b:[]]',
      'map[string]interface {}{"a":interface {}(nil), "b":[]interface {}{}}',
      'map[string]interface {}',
    ],
  ])('%j', (value, text, syntax, type) => {
    expect([goText(value), goSyntax(value), goType(value)]).toEqual([text, syntax, type]);
  });
});
