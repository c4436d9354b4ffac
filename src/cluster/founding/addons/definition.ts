import type {
  CustomResourceColumnDefinition,
  CustomResourceDefinition,
  CustomResourceDefinitionVersion,
  CustomResourceSubresourceScale,
  JSONSchemaProps,
} from '../../objects/kubernetes.ts';
import { ANYTHING, TEXT } from './schema-words.ts';

/** A kind that an addon brings, in few words. */
export interface Defined {
  readonly group: string;
  readonly kind: string;
  /** The kind in small letters with an `s`, where left out. */
  readonly plural?: string;
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly isOfCluster?: true;
  /** The first is the one in which objects are kept. */
  readonly versions: readonly DefinedVersion[];
}

export interface DefinedVersion {
  readonly name: string;
  /** Fields beside apiVersion, kind and metadata; left out: anything. */
  readonly fields?: Readonly<Record<string, JSONSchemaProps>>;
  readonly required?: readonly string[];
  readonly columns?: readonly CustomResourceColumnDefinition[];
  readonly scale?: CustomResourceSubresourceScale;
  /** Whether the status is a subresource, as it mostly is. */
  readonly hasStatus?: false;
  readonly isServed?: false;
}

/** The definition as somebody would apply it. */
export function definitionOf({ versions, ...defined }: Defined): CustomResourceDefinition {
  const { group, kind, isOfCluster, shortNames, categories } = defined;
  const singular = kind.toLowerCase();
  const plural = defined.plural ?? `${singular}s`;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      conversion: { strategy: 'None' },
      group,
      names: {
        ...(categories && { categories: [...categories] }),
        kind,
        listKind: `${kind}List`,
        plural,
        ...(shortNames && { shortNames: [...shortNames] }),
        singular,
      },
      scope: isOfCluster ? 'Cluster' : 'Namespaced',
      versions: versions.map((version, index) => versionOf(version, index === 0)),
    },
  };
}

function versionOf(
  { name, fields, required, columns, scale, hasStatus, isServed }: DefinedVersion,
  isStored: boolean,
): CustomResourceDefinitionVersion {
  const schema: JSONSchemaProps = fields
    ? {
        properties: { apiVersion: TEXT, kind: TEXT, metadata: { type: 'object' }, ...fields },
        ...(required && { required: [...required] }),
        type: 'object',
      }
    : ANYTHING;
  return {
    ...(columns && { additionalPrinterColumns: [...columns] }),
    name,
    schema: { openAPIV3Schema: schema },
    served: isServed ?? true,
    storage: isStored,
    ...((hasStatus !== false || scale) && {
      subresources: { ...(hasStatus !== false && { status: {} }), ...(scale && { scale }) },
    }),
  };
}

/** The same as it is once the API server serves what it defines. `since` is of the form of `metav1.Time`. */
export function establishedAs(definition: CustomResourceDefinition, since: string): CustomResourceDefinition {
  const { metadata, spec } = definition;
  const message = 'the initial names have been accepted';
  return {
    ...definition,
    metadata: { ...metadata, generation: 1 },
    status: {
      acceptedNames: spec.names,
      conditions: [
        {
          type: 'NamesAccepted',
          status: 'True',
          lastTransitionTime: since,
          reason: 'NoConflicts',
          message: 'no conflicts found',
        },
        {
          type: 'Established',
          status: 'True',
          lastTransitionTime: since,
          reason: 'InitialNamesAccepted',
          message,
        },
      ],
      storedVersions: spec.versions.flatMap(({ name, storage }) => (storage ? [name] : [])),
    },
  };
}
