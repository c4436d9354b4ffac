import { describe, expect, test } from 'vitest';
import {
  formatFieldSelector,
  matchesFields,
  parseFieldSelector,
  unsupportedField,
} from '../../../src/cluster/objects/field-selector.ts';

function parsed(text: string) {
  const outcome = parseFieldSelector(text);
  if (!outcome.ok) throw new Error(outcome.problem);
  return outcome.requirements;
}

describe('a field selector', () => {
  const pod = {
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: { nodeName: 'node-1' },
    status: { phase: 'Running' },
  };
  test.each`
    selector                                     | matches
    ${''}                                        | ${true}
    ${'status.phase=Running'}                    | ${true}
    ${'status.phase==Running,metadata.name=web'} | ${true}
    ${'status.phase!=Running'}                   | ${false}
    ${'spec.nodeName!=node-2'}                   | ${true}
    ${'spec.hostNetwork=false'}                  | ${true}
    ${'status.podIP='}                           | ${true}
  `('"$selector" selects a running pod on node-1: $matches', ({ selector, matches }) => {
    expect(matchesFields(parsed(selector), pod)).toBe(matches);
  });

  test('finds the two fields that are called otherwise in their objects', () => {
    const event = { reportingComponent: 'kubelet', source: {} };
    expect(matchesFields(parsed('source=kubelet'), event)).toBe(true);
    expect(matchesFields(parsed('source=scheduler'), { ...event, source: { component: 'scheduler' } })).toBe(
      true,
    );
    expect(matchesFields(parsed('status.successful=2'), { status: { succeeded: 2 } })).toBe(true);
    expect(matchesFields(parsed('status.successful=0'), { status: {} })).toBe(true);
  });

  test('escapes what separates its parts', () => {
    const [requirement] = parsed(String.raw`reason=a\,b\=c\\d`);
    expect(requirement).toEqual({ field: 'reason', operator: '=', value: String.raw`a,b=c\d` });
    expect(formatFieldSelector(parsed(String.raw`reason=a\,b`))).toBe(String.raw`reason=a\,b`);
  });

  test.each`
    selector      | problem
    ${'nonsense'} | ${"invalid selector: 'nonsense'; can't understand 'nonsense'"}
    ${'a=b\\x'}   | ${'invalid field selector: invalid escape sequence: \\x'}
    ${'a=b\\'}    | ${'invalid field selector: invalid escape sequence: \\'}
    ${'a=b=c'}    | ${'invalid field selector: unescaped character in value: 61'}
  `('"$selector" is refused: $problem', ({ selector, problem }) => {
    expect(parseFieldSelector(selector)).toEqual({ ok: false, problem });
  });

  test('names the first field that its kind cannot be selected by', () => {
    expect(unsupportedField(parsed('status.phase=Running,metadata.name=x'), 'Pod')).toBeUndefined();
    expect(unsupportedField(parsed('status.phase=Running'), 'Service')).toBe(
      'field label not supported: status.phase',
    );
  });
});
