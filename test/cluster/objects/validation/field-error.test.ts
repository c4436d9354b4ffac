import { describe, expect, test } from 'vitest';
import {
  describeInvalidForKubectl,
  duplicate,
  forbidden,
  formatFieldError,
  invalid,
  invalidMessage,
  notFound,
  notSupported,
  required,
  statusCauses,
  tooLong,
  tooMany,
} from '../../../../src/cluster/objects/validation/field-error.ts';

describe('a field error', () => {
  test.each([
    [required('a'), 'a: Required value'],
    [required('a', 'why'), 'a: Required value: why'],
    [invalid('a', 'x "y"', 'bad'), 'a: Invalid value: "x \\"y\\"": bad'],
    [invalid('a', 5, 'bad'), 'a: Invalid value: 5: bad'],
    [invalid('a', { b: ['<'], a: null }, 'bad'), 'a: Invalid value: {"a":null,"b":["\\u003c"]}: bad'],
    [invalid('a', null, 'bad'), 'a: Invalid value: null: bad'],
    [notSupported('a', 'x', ['p', 'q']), 'a: Unsupported value: "x": supported values: "p", "q"'],
    [duplicate('a', 'x'), 'a: Duplicate value: "x"'],
    [notFound('a', 'x'), 'a: Not found: "x"'],
    [forbidden('a', 'no'), 'a: Forbidden: no'],
    [tooLong('a', 1), 'a: Too long: may not be more than 1 byte'],
    [tooMany('a', 3, 2), 'a: Too many: 3: must have at most 2 items'],
  ])('%j', (error, text) => {
    expect(formatFieldError(error)).toBe(text);
  });
});

describe('an invalid object', () => {
  const one = [required('spec.a')];
  const several = [required('spec.a'), forbidden('spec.b', 'no'), required('spec.a')];

  test('is refused by the API server with all reasons, none twice', () => {
    expect(invalidMessage('Pod', 'web', one)).toBe('Pod "web" is invalid: spec.a: Required value');
    expect(invalidMessage('Deployment.apps', 'web', several)).toBe(
      'Deployment.apps "web" is invalid: [spec.a: Required value, spec.b: Forbidden: no]',
    );
  });

  test('is told by kubectl on one line, or with a line for each reason', () => {
    expect(describeInvalidForKubectl('Pod', 'web', statusCauses(one))).toBe(
      'The Pod "web" is invalid: spec.a: Required value',
    );
    expect(describeInvalidForKubectl('Pod', 'web', statusCauses(several))).toBe(
      'The Pod "web" is invalid: \n* spec.a: Required value\n* spec.b: Forbidden: no',
    );
  });

  test('names the reason of each cause', () => {
    expect(statusCauses(one)).toEqual([
      { reason: 'FieldValueRequired', message: 'Required value', field: 'spec.a' },
    ]);
  });
});
