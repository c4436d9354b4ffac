import type { ProcessState, ShellTask, Variable } from '../process-state.ts';

/** What a shell has in its variables from its start without anyone having set it. */
const AT_START: Readonly<Record<string, string>> = {
  IFS: ' \t\n',
  OPTIND: '1',
  PS1: '\\w \\$ ',
  PS2: '> ',
  PS4: '+ ',
};

export function getVariable(state: ProcessState, task: ShellTask, name: string): string | undefined {
  const own = ownValue(task.vars, name);
  if (own) return own.value;
  if (own === null) return undefined;
  return ownValue(state.env, name) ?? ownValue(AT_START, name) ?? (name === 'PWD' ? task.cwd : undefined);
}

/** False where the variable is read only. */
export function setVariable(state: ProcessState, task: ShellTask, name: string, value: string): boolean {
  const own = variableOf(state, task, name);
  if (own?.readonly) return false;
  const exported = own?.exported || task.options.includes('a');
  const items = own?.items && { ...own.items, 0: value };
  task.vars[name] = { value, ...(exported && { exported }), ...(items && { items }) };
  return true;
}

/** The elements of an array by their indexes, in order; a plain variable is an array of one. */
export function arrayItems(
  state: ProcessState,
  task: ShellTask,
  name: string,
): Readonly<Record<string, string>> {
  const items = variableOf(state, task, name)?.items;
  if (items) return items;
  const value = getVariable(state, task, name);
  return value === undefined ? {} : { 0: value };
}

/** False where the variable is read only. */
export function setArray(
  state: ProcessState,
  task: ShellTask,
  name: string,
  items: Readonly<Record<string, string>>,
): boolean {
  const own = variableOf(state, task, name);
  if (own?.readonly) return false;
  const value = items[0];
  task.vars[name] = { items, ...(value !== undefined && { value }) };
  return true;
}

export function variableOf(state: ProcessState, task: ShellTask, name: string): Variable | undefined {
  const own = ownValue(task.vars, name);
  if (own !== undefined) return own ?? undefined;
  const value = ownValue(state.env, name);
  return value === undefined ? undefined : { value, exported: true };
}

export function markVariable(
  state: ProcessState,
  task: ShellTask,
  name: string,
  mark: 'exported' | 'readonly',
): void {
  const value = getVariable(state, task, name);
  task.vars[name] = { ...variableOf(state, task, name), ...(value !== undefined && { value }), [mark]: true };
}

export function unsetVariable(state: ProcessState, task: ShellTask, name: string): boolean {
  if (ownValue(task.vars, name)?.readonly) return false;
  if (Object.hasOwn(state.env, name) || Object.hasOwn(AT_START, name)) task.vars[name] = null;
  else delete task.vars[name];
  return true;
}

/** What children see that differs from the container's environment. */
export function exportedVariables(state: ProcessState, task: ShellTask): Record<string, string | null> {
  const exported: Record<string, string | null> = {};
  for (const name in task.vars) {
    const own = task.vars[name];
    if (own === null) {
      if (Object.hasOwn(state.env, name)) exported[name] = null;
    } else if (own?.exported && own.value !== undefined) exported[name] = own.value;
  }
  return exported;
}

/** All names that are set, in order, for `set` and `export`. */
export function variableNames(state: ProcessState, task: ShellTask): string[] {
  const names = new Set([
    ...Object.keys(state.env),
    ...Object.keys(AT_START),
    ...Object.keys(task.vars),
    'PWD',
  ]);
  return [...names].filter((name) => getVariable(state, task, name) !== undefined).sort();
}

/** JavaScript keeps one name to itself; as a variable it is refused. */
export const isVariableName = (text: string): boolean => /^[A-Za-z_]\w*$/.test(text) && text !== '__proto__';

/** Not what every object has: a variable may be called `constructor`. */
const ownValue = <Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;
