import type { CustomResourceColumnDefinition, JSONSchemaProps } from '../../objects/kubernetes.ts';

/** What schemas and columns of definitions are made of again and again. */
export const TEXT: JSONSchemaProps = { type: 'string' };
export const ANYTHING: JSONSchemaProps = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
export const AGE = column('Age', '.metadata.creationTimestamp', 'date');

/** An object with fields, of which some must be there. */
export function record(
  properties: Readonly<Record<string, JSONSchemaProps>>,
  ...required: readonly string[]
): JSONSchemaProps {
  return { type: 'object', ...(required.length > 0 && { required: [...required] }), properties };
}

export function column(name: string, jsonPath: string, type = 'string'): CustomResourceColumnDefinition {
  return { name, type, jsonPath };
}
