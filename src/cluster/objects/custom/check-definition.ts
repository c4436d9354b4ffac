import { isConditionTrue } from '../conditions.ts';
import { isEqualJson } from '../json.ts';
import type {
  CustomResourceColumnDefinition,
  CustomResourceDefinition,
  CustomResourceDefinitionNames,
  CustomResourceDefinitionSpec,
} from '../kubernetes.ts';
import { type FieldErrors, invalid, invalidFor, notSupported, required } from '../validation/field-error.ts';
import { dnsSubdomainProblems } from '../validation/name-syntax.ts';
import { checkImmutable, checkObjectMeta, checkObjectMetaUpdate } from '../validation/object-meta.ts';
import { checkStructural } from './check-structural.ts';

type Definition = CustomResourceDefinition;

/** Why a definition is refused (apiextensions: apis/apiextensions/validation/validation.go). */
export function checkNewDefinition(definition: Definition): FieldErrors {
  const { metadata, spec, status } = definition;
  const wanted = `${spec?.names?.plural}.${spec?.group}`;
  const nameProblems = (name: string) => [
    ...dnsSubdomainProblems(name),
    ...(name === wanted ? [] : ['must be spec.names.plural+"."+spec.group']),
  ];
  return [
    ...checkObjectMeta(metadata, { isNamespaced: false, nameProblems }),
    ...checkSpec(spec),
    ...checkStoredVersions(status?.storedVersions ?? [], spec),
    ...checkApproval(definition),
  ];
}

export function checkDefinitionUpdate(definition: Definition, old: Definition): FieldErrors {
  const { metadata, spec, status } = definition;
  const isFixed = isConditionTrue(old.status?.conditions, 'Established');
  const fixed = isFixed
    ? [
        ...checkImmutable('spec.scope', spec.scope, old.spec.scope),
        ...checkImmutable('spec.names.kind', spec.names?.kind, old.spec.names.kind),
      ]
    : [];
  return [
    ...checkObjectMetaUpdate(metadata, old.metadata),
    ...checkSpec(spec),
    ...fixed,
    ...checkImmutable('spec.group', spec.group, old.spec.group),
    ...checkImmutable('spec.names.plural', spec.names?.plural, old.spec.names.plural),
    ...checkStoredVersions(status?.storedVersions ?? [], spec),
  ];
}

function checkSpec(spec: CustomResourceDefinitionSpec): FieldErrors {
  const { group = '', scope, versions = [], names } = spec;
  const same = <Part>(part: (version: (typeof versions)[number]) => Part) =>
    versions.every((version) => isEqualJson(part(version), part(versions[0] as never)));
  // What all versions have in common stands above them (apiextensions/v1/conversion.go).
  const isSameSchema = same(({ schema }) => schema);
  const isSameColumns = same(({ additionalPrinterColumns }) => additionalPrinterColumns);
  const stored = versions.filter(({ storage }) => storage).length;
  const isUnique = new Set(versions.map(({ name }) => name)).size === versions.length;
  return [
    ...checkGroup(group),
    ...(scope === 'Cluster' || scope === 'Namespaced'
      ? []
      : [scope ? notSupported('spec.scope', scope, ['Cluster', 'Namespaced']) : required('spec.scope')]),
    ...versions.flatMap(({ schema }, index) =>
      schema?.openAPIV3Schema ? [] : [required(`spec.versions[${index}].schema.openAPIV3Schema`)],
    ),
    ...versions.flatMap(({ name, additionalPrinterColumns, schema, subresources }, index) => {
      const at = `spec.versions[${index}]`;
      const [schemaAt, columnsAt] = [
        isSameSchema ? 'spec.validation' : `${at}.schema`,
        isSameColumns ? 'spec' : at,
      ];
      const isTold = index > 0;
      return [
        ...invalidFor(`${at}.name`, name, labelProblems(name)),
        ...(schema?.openAPIV3Schema && !(isTold && isSameSchema)
          ? checkStructural(schema.openAPIV3Schema, `${schemaAt}.openAPIV3Schema`)
          : []),
        ...checkScale(subresources?.scale, `${at}.subresources.scale`),
        ...(isTold && isSameColumns ? [] : checkColumns(additionalPrinterColumns ?? [], columnsAt)),
      ];
    }),
    ...(isUnique ? [] : [invalid('spec.versions', versions, 'must contain unique version names')]),
    ...(stored === 1
      ? []
      : [invalid('spec.versions', versions, 'must have exactly one version marked as storage version')]),
    ...checkNames(names),
  ];
}

function checkGroup(group: string): FieldErrors {
  if (group === '') return [required('spec.group')];
  const problems = dnsSubdomainProblems(group);
  if (problems.length > 0) return [invalid('spec.group', group, problems.join(','))];
  return group.includes('.')
    ? []
    : [invalid('spec.group', group, 'should be a domain with at least one dot')];
}

function checkScale(
  scale: { readonly specReplicasPath?: string; readonly statusReplicasPath?: string } | undefined,
  at: string,
): FieldErrors {
  if (scale === undefined) return [];
  return (['specReplicasPath', 'statusReplicasPath'] as const).flatMap((field) => {
    const path = scale[field] ?? '';
    if (path === '') return [required(`${at}.${field}`)];
    const part = field === 'specReplicasPath' ? '.spec.' : '.status.';
    return path.startsWith(part)
      ? []
      : [invalid(`${at}.${field}`, path, `should be a json path under ${part.slice(0, -1)}`)];
  });
}

const COLUMN_TYPES = ['boolean', 'date', 'integer', 'number', 'string'];

function checkColumns(columns: readonly CustomResourceColumnDefinition[], at: string): FieldErrors {
  return columns.flatMap(({ name, type, jsonPath }, index) => {
    const place = `${at}.additionalPrinterColumns[${index}]`;
    const words = `must be one of ${COLUMN_TYPES.join(',')}`;
    return [
      ...(name ? [] : [required(`${place}.name`)]),
      ...(type ? [] : [required(`${place}.type`, words)]),
      ...(type && !COLUMN_TYPES.includes(type) ? [invalid(`${place}.type`, type, words)] : []),
      ...(jsonPath ? [] : [required(`${place}.JSONPath`)]),
    ];
  });
}

function checkNames(names: Partial<CustomResourceDefinitionNames> = {}): FieldErrors {
  const { kind = '', listKind = '', shortNames = [], categories = [] } = names;
  const missing = (['plural', 'singular', 'kind', 'listKind'] as const).filter((field) => !names[field]);
  const mixed = (field: string, value: string) => {
    const problems = value === '' ? [] : labelProblems(value.toLowerCase());
    return problems.map((problem) =>
      invalid(`spec.names.${field}`, value, `may have mixed case, but should otherwise match: ${problem}`),
    );
  };
  const plain = (field: string, value: string) =>
    invalidFor(`spec.names.${field}`, value, labelProblems(value));
  return [
    ...missing.map((field) => required(`spec.names.${field}`)),
    ...(names.plural ? plain('plural', names.plural) : []),
    ...(names.singular ? plain('singular', names.singular) : []),
    ...mixed('kind', kind),
    ...mixed('listKind', listKind),
    ...shortNames.flatMap((name, index) => plain(`shortNames[${index}]`, name)),
    ...(kind !== '' && kind === listKind
      ? [invalid('spec.names.listKind', listKind, 'kind and listKind may not be the same')]
      : []),
    ...categories.flatMap((name, index) => plain(`categories[${index}]`, name)),
  ];
}

function labelProblems(value: string): readonly string[] {
  if (/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(value) && value.length <= 63) return [];
  const rule =
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character";
  return [
    `${rule} (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')`,
  ];
}

function checkStoredVersions(
  stored: readonly string[],
  { versions = [] }: CustomResourceDefinitionSpec,
): FieldErrors {
  return stored.flatMap((name, index) => {
    if (versions.some((version) => version.name === name)) return [];
    const why = `missing from spec.versions; ${name} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in ${name} and removes ${name} from status.storedVersions`;
    return [invalid(`status.storedVersions[${index}]`, name, why)];
  });
}

/** Groups of the community are kept from everybody else (apihelpers/helpers.go GetAPIApprovalState). */
function checkApproval({ metadata, spec }: Definition): FieldErrors {
  const isProtected = /(^|\.)(k8s|kubernetes)\.io$/.test(spec?.group ?? '');
  const key = 'api-approved.kubernetes.io';
  if (!isProtected || metadata.annotations?.[key]) return [];
  return [
    required(
      `metadata.annotations[${key}]`,
      `protected groups must have approval annotation "${key}", see https://github.com/kubernetes/enhancements/pull/1111`,
    ),
  ];
}
