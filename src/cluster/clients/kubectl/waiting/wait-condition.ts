import { quoteGo } from '../../../objects/go-json.ts';
import { isObject, type Json } from '../../../objects/json.ts';
import type { KubeObject } from '../../../objects/kube-object.ts';
import type { KubeVersion } from '../../../objects/versions.ts';
import { fail } from '../failure.ts';
import { goText } from '../print/go/go-text.ts';
import { evaluateJsonpath } from '../print/jsonpath/evaluate-jsonpath.ts';
import type { JsonpathNode } from '../print/jsonpath/jsonpath-node.ts';
import { parseJsonpath } from '../print/jsonpath/parse-jsonpath.ts';
import { attempt } from '../print/jsonpath/print-jsonpath.ts';
import { relaxedPath } from '../print/jsonpath/relaxed-path.ts';

/** What `kubectl wait --for=…` waits for. */
export type WaitCondition =
  | { readonly type: 'delete' }
  | { readonly type: 'create' }
  | { readonly type: 'condition'; readonly name: string; readonly status: string }
  /** Without a value any will do. */
  | { readonly type: 'jsonpath'; readonly nodes: readonly JsonpathNode[]; readonly value: string };

/** kubectl: wait.go conditionFuncFor. */
export function readWaitCondition(text: string, { minor }: KubeVersion): WaitCondition {
  const lower = text.toLowerCase();
  if (lower === 'delete' || (lower === 'create' && minor >= 31)) return { type: lower };
  if (text.startsWith('condition=')) {
    const [name = '', status = 'true'] = text.slice('condition='.length).split(/=(.*)/s);
    return { type: 'condition', name, status };
  }
  if (text.startsWith('jsonpath=') && minor >= 23) return readJsonpath(text.slice('jsonpath='.length), minor);
  return fail(`unrecognized condition: ${quoteGo(text)}`);
}

/** Until 1.27 there had to be a value. */
function readJsonpath(text: string, minor: number): WaitCondition {
  const parts = splitAtSingleEquals(text);
  const [path = '', value] = parts;
  const mayLackValue = minor >= 28;
  if (parts.length > 2 || (value === undefined && !mayLackValue)) {
    const bare = "--for=jsonpath='{.status.readyReplicas}'";
    fail(`jsonpath wait format must be ${bare}=3${mayLackValue ? ` or ${bare}` : ''}`);
  }
  const trimmed = value?.replace(/^['"]+|['"]+$/g, '');
  if (trimmed === '') {
    fail(
      "jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3",
    );
  }
  if (path === '') fail('jsonpath expression cannot be empty');
  const nodes = attempt(() => parseJsonpath(relaxedPath(path)));
  return nodes.ok ? { type: 'jsonpath', nodes: nodes.value, value: trimmed ?? '' } : fail(nodes.message);
}

/** `==` belongs to the expression. */
function splitAtSingleEquals(text: string): readonly string[] {
  return text.split(/(?<!=)=(?!=)/);
}

/** Whether an object is as it is waited for; `problem` when that cannot be told. */
export function isMet(condition: WaitCondition, object: KubeObject): boolean | { readonly problem: string } {
  switch (condition.type) {
    case 'delete':
      return false;
    case 'create':
      return true;
    case 'condition':
      return hasCondition(object, condition);
    case 'jsonpath':
      return hasValue(object, condition);
  }
}

interface WithConditions extends KubeObject {
  readonly status?: {
    readonly observedGeneration?: number;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly observedGeneration?: number;
    }[];
  };
}

/** What was observed of an older generation does not count. */
function hasCondition(
  object: KubeObject,
  { name, status }: Extract<WaitCondition, { type: 'condition' }>,
): boolean {
  const { status: whole } = object as WithConditions;
  const found = whole?.conditions?.find(({ type }) => type.toLowerCase() === name.toLowerCase());
  if (found === undefined) return false;
  const observed = found.observedGeneration ?? whole?.observedGeneration;
  const { generation } = object.metadata;
  if (generation !== undefined && observed !== undefined && observed < generation) return false;
  return found.status.toLowerCase() === status.toLowerCase();
}

function hasValue(
  object: KubeObject,
  { nodes, value }: Extract<WaitCondition, { type: 'jsonpath' }>,
): boolean | { readonly problem: string } {
  const found = attempt(() => evaluateJsonpath(nodes, object as unknown as Json, true));
  if (!found.ok) return { problem: found.message };
  const [first = [], ...others] = found.value;
  if (first.length === 0) return false;
  if (others.length > 0) return { problem: 'given jsonpath expression matches more than one list' };
  if (first.length > 1) return { problem: 'given jsonpath expression matches more than one value' };
  if (value === '') return true;
  const [result] = first;
  if (isObject(result) || Array.isArray(result)) {
    return { problem: 'jsonpath leads to a nested object or list which is not supported' };
  }
  return goText(result ?? null).trim() === value.trim();
}
