import { isObject, type Json, sortedKeys } from '../../../../objects/json.ts';
import { formatValue } from './format-value.ts';
import { parseTemplate } from './parse-template.ts';
import { callFunction, isTrue } from './template-functions.ts';
import { type Operand, type Pipe, TemplateError, type TemplateNode } from './template-node.ts';

export type PrintedTemplate =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string };

type Value = Json | undefined;

/** An object in the words of a template (cli-runtime: printers/template.go). */
export function printTemplate(
  template: string,
  object: Json,
  { allowMissingKeys = true }: { readonly allowMissingKeys?: boolean } = {},
): PrintedTemplate {
  let nodes: readonly TemplateNode[];
  try {
    nodes = parseTemplate(template);
  } catch (thrown) {
    if (!(thrown instanceof TemplateError)) throw thrown;
    return { ok: false, message: `error parsing template ${template}, ${thrown.message}` };
  }
  const run: Run = { root: object, allowMissingKeys, output: [], variables: [['$', object]] };
  try {
    runNodes(nodes, object, run);
    return { ok: true, text: run.output.join('') };
  } catch (thrown) {
    if (!(thrown instanceof TemplateError)) throw thrown;
    return { ok: false, message: `error executing template ${JSON.stringify(template)}: ${thrown.message}` };
  }
}

interface Run {
  readonly root: Json;
  readonly allowMissingKeys: boolean;
  readonly output: string[];
  /** Innermost last. */
  variables: [name: string, value: Value][];
}

type Signal = 'break' | 'continue' | undefined;

function runNodes(nodes: readonly TemplateNode[], dot: Value, run: Run): Signal {
  for (const node of nodes) {
    const signal = runNode(node, dot, run);
    if (signal !== undefined) return signal;
  }
  return undefined;
}

function runNode(node: TemplateNode, dot: Value, run: Run): Signal {
  switch (node.type) {
    case 'text':
      run.output.push(node.text);
      return undefined;
    case 'print': {
      const value = evaluate(node.pipe, dot, run);
      if (node.pipe.variables.length === 0) run.output.push(formatValue(value));
      return undefined;
    }
    case 'break':
    case 'continue':
      return node.type;
    default: {
      const depth = run.variables.length;
      const signal = runControl(node, dot, run);
      run.variables.length = depth;
      return signal;
    }
  }
}

type Control = Extract<TemplateNode, { readonly body: unknown }>;

function runControl(node: Control, dot: Value, run: Run): Signal {
  if (node.type === 'range') return runRange(node, dot, run);
  const value = evaluate(node.pipe, dot, run);
  if (!isTrue(value)) return runNodes(node.otherwise, dot, run);
  return runNodes(node.body, node.type === 'with' ? value : dot, run);
}

function runRange({ pipe, body, otherwise }: Control, dot: Value, run: Run): Signal {
  const value = evaluate({ ...pipe, variables: [] }, dot, run);
  const entries = entriesOf(value);
  if (entries.length === 0) return runNodes(otherwise, dot, run);
  const [first, second] = pipe.variables;
  const depth = run.variables.length;
  for (const [key, item] of entries) {
    run.variables.length = depth;
    if (second !== undefined) run.variables.push([first ?? '', key], [second, item]);
    else if (first !== undefined) run.variables.push([first, item]);
    if (runNodes(body, item, run) === 'break') break;
  }
  return undefined;
}

function entriesOf(value: Value): readonly (readonly [Json, Json])[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.map((item, index) => [index, item] as const);
  if (isObject(value)) {
    const map = value as Readonly<Record<string, Json>>;
    return sortedKeys(map).map((key) => [key, map[key] ?? null] as const);
  }
  throw new TemplateError(`template: output:1: range can't iterate over ${formatValue(value)}`);
}

function evaluate(pipe: Pipe, dot: Value, run: Run): Value {
  let value: Value;
  for (const [index, command] of pipe.commands.entries()) {
    value = runCommand(command, index === 0 ? [] : [value], { dot, run });
  }
  const [name] = pipe.variables;
  if (name === undefined) return value;
  const known = pipe.isAssigned ? run.variables.findLast(([each]) => each === name) : undefined;
  if (pipe.isAssigned && known === undefined)
    throw new TemplateError(`template: output:1: undefined variable "${name}"`);
  if (known !== undefined) known[1] = value;
  else run.variables.push([name, value]);
  return value;
}

interface Place {
  readonly dot: Value;
  readonly run: Run;
}

function runCommand(command: readonly Operand[], piped: readonly Value[], place: Place): Value {
  const [head, ...rest] = command;
  if (head?.type === 'function') {
    const args = [
      ...rest.map((operand) => () => operandValue(operand, place)),
      ...piped.map((value) => () => value),
    ];
    return callFunction(head.name, args);
  }
  if (head === undefined) return undefined;
  if (rest.length + piped.length > 0)
    throw new TemplateError(`template: output:1: can't give argument to non-function ${describe(head)}`);
  return operandValue(head, place);
}

function describe(operand: Operand): string {
  if (operand.type === 'path') return operand.fields.map((field) => `.${field}`).join('') || '.';
  return operand.type === 'value' ? String(operand.value) : operand.name;
}

function operandValue(operand: Operand, { dot, run }: Place): Value {
  switch (operand.type) {
    case 'value':
      return operand.value;
    case 'function':
      return callFunction(operand.name, []);
    case 'path': {
      let value: Value;
      const { root } = operand;
      if (root.type === 'dot') value = dot;
      else if (root.type === 'pipe') value = evaluate(root.pipe, dot, run);
      else {
        const found = run.variables.findLast(([name]) => name === root.name);
        if (found === undefined)
          throw new TemplateError(`template: output:1: undefined variable "${root.name}"`);
        value = found[1];
      }
      for (const field of operand.fields) value = fieldOf(value, field, run);
      return value;
    }
  }
}

function fieldOf(value: Value, field: string, { allowMissingKeys }: Run): Value {
  if (value === undefined || value === null) {
    if (value === undefined) return undefined;
    throw new TemplateError(
      `template: output:1:2: executing "output" at <.${field}>: nil data; no entry for key "${field}"`,
    );
  }
  if (!isObject(value)) {
    const type = Array.isArray(value)
      ? '[]interface {}'
      : typeof value === 'number'
        ? 'float64'
        : typeof value;
    throw new TemplateError(
      `template: output:1:2: executing "output" at <.${field}>: can't evaluate field ${field} in type ${type === 'boolean' ? 'bool' : type}`,
    );
  }
  const found = (value as Readonly<Record<string, Json>>)[field];
  if (found === undefined && !allowMissingKeys)
    throw new TemplateError(
      `template: output:1:2: executing "output" at <.${field}>: map has no entry for key "${field}"`,
    );
  return found;
}
