import { quoteGo } from '../../../../objects/go-json.ts';
import { sortedKeys } from '../../../../objects/json.ts';
import type { KubeObject } from '../../../../objects/kube-object.ts';
import type { ConfigMap, EnvVar, EnvVarSource } from '../../../../objects/kubernetes.ts';
import { envVarNameProblems } from '../../../../objects/validation/name-syntax.ts';
import { array, bool, list, refused, text } from '../../../flags/flag.ts';
import { fail, failWith } from '../../failure.ts';
import { DONE, type Invocation, type Steps } from '../../invocation.ts';
import { partPairs } from '../../pair-args.ts';
import { withPodSpec } from '../../pod-template.ts';
import { partVisited } from '../../resources/read-files.ts';
import { selectObjects } from '../../resources/select-objects.ts';
import type { Verb } from '../../verb.ts';
import { changeTemplates, SET_FLAGS } from './change-templates.ts';
import { changeContainers } from './select-containers.ts';

const FLAGS = [
  ...SET_FLAGS,
  text('c,containers', '*'),
  array('e,env'),
  text('from'),
  list('keys'),
  text('prefix'),
  bool('list'),
  bool('overwrite', 'true'),
  ...refused(bool('resolve')),
];

export const setEnv: Verb = { name: 'env', flags: FLAGS, run: setEnvironment };

function* setEnvironment(invocation: Invocation): Steps {
  const { args, flags } = invocation;
  const { resources, pairs } = partPairs(args, 'environment variable');
  if (resources.length === 0 && flags.list('filename').length === 0) {
    fail('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  }
  if (flags.bool('list') && flags.text('output') !== '')
    fail('--list and --output may not be specified together');
  if (flags.list('keys').length > 0 && flags.text('from') === '') {
    fail('when specifying --keys, a configmap or secret must be provided with --from');
  }
  const { variables, removed } = readVariables([...flags.list('env'), ...pairs]);
  const all = [...variables, ...(yield* variablesFrom(invocation))].map((variable) => ({
    ...variable,
    name: flags.text('prefix') + variable.name,
  }));
  if (flags.bool('list')) return yield* listVariables(invocation, resources, all);
  return yield* changeTemplates(invocation, {
    resources,
    flags: FLAGS,
    operation: 'env updated',
    failure: 'failed to patch env update to pod template: ',
    change: (object, problems) => withVariables(object, { invocation, variables: all, removed, problems }),
  });
}

/** `KEY=value` and `KEY-` (kubectl: env_parse.go ParseEnv). */
function readVariables(specs: readonly string[]): {
  readonly variables: readonly EnvVar[];
  readonly removed: readonly string[];
} {
  const variables: EnvVar[] = [];
  const removed: string[] = [];
  for (const spec of specs) {
    const equals = spec.indexOf('=');
    const name = equals < 0 ? spec.slice(0, -1) : spec.slice(0, equals);
    if (equals < 0 && !spec.endsWith('-')) fail(`unknown environment variable: ${spec}`);
    if (envVarNameProblems(name).length > 0) {
      fail(`${quoteGo(name)} is not a valid key name: ${envVarNameProblems(name).join(';')}`);
    }
    if (equals < 0) removed.push(name);
    else variables.push({ name, value: spec.slice(equals + 1) });
  }
  return { variables, removed };
}

/** One variable for each key of a ConfigMap or Secret, called like it in capitals. */
function* variablesFrom(invocation: Invocation): Steps<readonly EnvVar[]> {
  const { flags } = invocation;
  const from = flags.text('from');
  if (from === '') return [];
  const { visited } = yield* selectObjects(
    { ...invocation, flags: withoutFiles(invocation) },
    { args: [from] },
  );
  const { infos, failures } = partVisited(visited);
  failWith(failures);
  return infos.flatMap(({ object }): readonly EnvVar[] => {
    if (object?.kind !== 'ConfigMap' && object?.kind !== 'Secret')
      return fail('unsupported resource specified in --from');
    const name = object.metadata.name ?? '';
    const isWanted = (key: string) => flags.list('keys').length === 0 || flags.list('keys').includes(key);
    return sortedKeys((object as ConfigMap).data ?? {})
      .filter(isWanted)
      .map((key) => ({
        name: variableName(key, invocation),
        valueFrom: referenceTo(object.kind, name, key),
      }));
  });
}

function variableName(key: string, { err }: Invocation): string {
  const name = key.replace(/[^A-Za-z0-9_]/g, '_').toUpperCase();
  if (name !== key) err(`Warning: key ${key} transferred to ${name}\n`);
  return name;
}

function withoutFiles({ flags }: Invocation): Invocation['flags'] {
  return { ...flags, list: (name) => (name === 'filename' ? [] : flags.list(name)) };
}

function referenceTo(kind: string, name: string, key: string): EnvVarSource {
  return kind === 'Secret' ? { secretKeyRef: { name, key } } : { configMapKeyRef: { name, key } };
}

interface VariableChange {
  readonly invocation: Invocation;
  readonly variables: readonly EnvVar[];
  readonly removed: readonly string[];
  readonly problems: string[];
}

function withVariables(
  object: KubeObject,
  { invocation, variables, removed, problems }: VariableChange,
): KubeObject | undefined {
  const { flags, err } = invocation;
  const pattern = flags.text('containers');
  const taken: EnvVar[] = [];
  let found = 0;
  const changed = withPodSpec(object, (spec) => {
    const result = changeContainers(spec, pattern, (container) => {
      const before = container.env ?? [];
      taken.push(...before.filter(({ name }) => variables.some((variable) => variable.name === name)));
      const env = updated(before, variables, removed);
      const { env: _old, ...others } = container;
      return env.length === 0 ? others : { ...others, env };
    });
    found = result.found;
    return result.spec;
  });
  const { name } = object.metadata;
  if (found === 0)
    err(`Warning: ${object.kind}/${name} does not have any containers matching ${quoteGo(pattern)}\n`);
  if (taken.length === 0 || flags.bool('overwrite')) return changed;
  problems.push(
    `error: ${object.kind.toLowerCase()}s/${name} '${taken[0]?.name}' already has a value (${taken[0]?.value ?? ''}), and --overwrite is false\n`,
  );
  return undefined;
}

/** kubectl: set/helper.go updateEnv. */
function updated(
  before: readonly EnvVar[],
  variables: readonly EnvVar[],
  removed: readonly string[],
): EnvVar[] {
  const wanted = new Map(variables.map((variable) => [variable.name, variable]));
  const kept = before
    .filter(({ name }) => !removed.includes(name))
    .map((variable) => wanted.get(variable.name) ?? variable);
  const names = new Set([...before.map(({ name }) => name), ...removed]);
  return [...kept, ...[...wanted.values()].filter(({ name }) => !names.has(name))];
}

function* listVariables(
  invocation: Invocation,
  resources: readonly string[],
  added: readonly EnvVar[],
): Steps {
  const { visited } = yield* selectObjects(invocation, {
    args: resources,
    isTypeEnough: invocation.flags.bool('all'),
  });
  const { infos, failures } = partVisited(visited);
  failWith(failures);
  for (const { object } of infos) {
    if (object === undefined) continue;
    withPodSpec(object, (spec) => {
      const { spec: listed } = changeContainers(spec, invocation.flags.text('containers'), (container) => {
        invocation.out(`# ${object.kind} ${object.metadata.name}, container ${container.name}\n`);
        for (const variable of updated(container.env ?? [], added, []))
          invocation.out(variableLine(variable));
        return container;
      });
      return listed;
    });
  }
  return DONE;
}

function variableLine({ name, value = '', valueFrom }: EnvVar): string {
  if (valueFrom === undefined) return `${name}=${value}\n`;
  const { configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef } = valueFrom;
  if (configMapKeyRef !== undefined)
    return `# ${name} from configmap ${configMapKeyRef.name}, key ${configMapKeyRef.key}\n`;
  if (secretKeyRef !== undefined)
    return `# ${name} from secret ${secretKeyRef.name}, key ${secretKeyRef.key}\n`;
  if (fieldRef !== undefined) return `# ${name} from field path ${fieldRef.fieldPath}\n`;
  return `# ${name} from resource field ${resourceFieldRef?.containerName}, ${resourceFieldRef?.resource}\n`;
}
