import type { KubeObject } from '../../../../objects/kube-object.ts';
import type { Service } from '../../../../objects/kubernetes.ts';
import { parseLabelSelector } from '../../../../objects/label-selector.ts';
import { text } from '../../../flags/flag.ts';
import { fail } from '../../failure.ts';
import type { Invocation, Steps } from '../../invocation.ts';
import type { Verb } from '../../verb.ts';
import { changeTemplates, SET_FLAGS } from './change-templates.ts';

const FLAGS = [...SET_FLAGS.filter(({ name }) => name !== 'selector'), text('resource-version')];

export const setSelector: Verb = { name: 'selector', flags: FLAGS, run: setSelectors };

function* setSelectors(invocation: Invocation): Steps {
  const { args, flags } = invocation;
  const expression = args.at(-1);
  if (expression === undefined) fail('one selector is required');
  const selector = readSelector(expression ?? '');
  const resourceVersion = flags.text('resource-version');
  return yield* changeTemplates(invocation, {
    resources: args.slice(0, -1),
    flags: FLAGS,
    operation: 'selector updated',
    failure: '',
    isSentUnchanged: true,
    change(object) {
      const changed = withSelector(object, selector);
      if (resourceVersion === '') return changed;
      return { ...changed, metadata: { ...changed.metadata, resourceVersion } };
    },
  });
}

const OPERATORS: Readonly<Record<string, string>> = {
  in: 'In',
  notin: 'NotIn',
  '!=': 'NotIn',
  exists: 'Exists',
  '!': 'DoesNotExist',
};

interface Selecting {
  readonly labels: Readonly<Record<string, string>>;
  /** As Go prints them. */
  readonly expressions: readonly string[];
}

function readSelector(expression: string): Selecting {
  const parsed = parseLabelSelector(expression);
  if (!parsed.ok) return fail(`couldn't parse the selector string "${expression}": ${parsed.problem}`);
  const labels: Record<string, string> = {};
  const expressions: string[] = [];
  for (const { key, operator, values } of parsed.requirements) {
    if (operator === '=' || operator === '==') labels[key] = [...values][0] ?? '';
    else expressions.push(`{${key} ${OPERATORS[operator] ?? operator} [${values.join(' ')}]}`);
  }
  return { labels, expressions };
}

function withSelector(object: KubeObject, { labels, expressions }: Selecting): KubeObject {
  if (object.kind !== 'Service') fail('setting a selector is only supported for Services');
  if (expressions.length > 0)
    fail(`match expression [${expressions.join(' ')}] not supported on this object`);
  const { spec } = object as Service;
  return { ...object, spec: { ...spec, selector: { ...labels } } } as KubeObject;
}
