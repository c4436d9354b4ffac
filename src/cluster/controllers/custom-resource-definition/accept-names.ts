import type { ObjectReader } from '../../contract/reader.ts';
import { type ConditionLike, findCondition } from '../../objects/conditions.ts';
import { DEFINITIONS } from '../../objects/custom/custom-resources.ts';
import { quoteGo } from '../../objects/go-json.ts';
import { isEqualJson } from '../../objects/json.ts';
import type { CustomResourceDefinition, CustomResourceDefinitionNames } from '../../objects/kubernetes.ts';

type Names = CustomResourceDefinitionNames;

/** What a definition may call its objects, and what is said of that. */
export interface Naming {
  readonly names: Names;
  readonly condition: Pick<ConditionLike, 'status' | 'reason' | 'message'>;
}

/**
 * Names are given to whoever asks first; a definition keeps those that it has (apiextensions:
 * status/naming_controller.go calculateNamesAndConditions).
 */
export function acceptNames(objects: ObjectReader, definition: CustomResourceDefinition): Naming {
  const taken = namesTaken(objects, definition.spec.group);
  const wanted = definition.spec.names;
  const before: Names = definition.status?.acceptedNames ?? { kind: '', plural: '' };
  const names: Names = { ...before };
  let refused: Naming['condition'] | undefined;
  const isFree = (name: string, own: string, others: ReadonlySet<string>) =>
    name === own || !others.has(name);
  for (const [field, others] of [
    ['plural', taken.resources],
    ['singular', taken.resources],
    ['shortNames', taken.resources],
    ['kind', taken.kinds],
    ['listKind', taken.kinds],
  ] as const) {
    if (field === 'shortNames') {
      const barred = (wanted.shortNames ?? []).filter(
        (name) => !before.shortNames?.includes(name) && others.has(name),
      );
      if (barred.length > 0) refused = conflict('ShortNamesConflict', barred);
      else if (wanted.shortNames) names.shortNames = wanted.shortNames;
      else delete names.shortNames;
      continue;
    }
    const name = wanted[field] ?? '';
    if (isFree(name, before[field] ?? '', others)) names[field] = name;
    else refused = conflict(`${field[0]?.toUpperCase()}${field.slice(1)}Conflict`, [name]);
  }
  if (wanted.categories) names.categories = wanted.categories;
  else delete names.categories;
  const accepted = { status: 'True', reason: 'NoConflicts', message: 'no conflicts found' };
  return { names, condition: refused ?? accepted };
}

function conflict(reason: string, barred: readonly string[]): Naming['condition'] {
  const texts = barred.map((name) => `${quoteGo(name)} is already in use`);
  const message = texts.length === 1 ? texts.join('') : `[${texts.join(', ')}]`;
  return { status: 'False', reason, message };
}

function namesTaken(objects: ObjectReader, group: string) {
  const accepted = objects
    .list<CustomResourceDefinition>(DEFINITIONS)
    .filter(({ spec }) => spec.group === group)
    .flatMap(({ status }) => status?.acceptedNames ?? []);
  const resources = accepted.flatMap(({ plural, singular = '', shortNames = [] }) => [
    plural,
    singular,
    ...shortNames,
  ]);
  const kinds = accepted.flatMap(({ kind, listKind = '' }) => [kind, listKind]);
  return { resources: new Set(resources.filter(Boolean)), kinds: new Set(kinds.filter(Boolean)) };
}

/** Whether nothing is to be said that has not been said (naming_controller.go sync). */
export function isNamed({ spec, status }: CustomResourceDefinition, { names, condition }: Naming): boolean {
  if (isEqualJson(spec.names, status?.acceptedNames)) return true;
  const said = findCondition(status?.conditions, 'NamesAccepted');
  const isSame =
    said?.status === condition.status &&
    said.reason === condition.reason &&
    said.message === condition.message;
  return isSame && isEqualJson(names, status?.acceptedNames);
}
