import { columnsOf } from '../clients/kubectl/print/columns/columns-of.ts';
import { type Column, columnsIn } from '../clients/kubectl/print/table/column.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import type { Resource } from '../objects/schema/resources.ts';
import { shownObject } from './shown-object.ts';
import type { WireServer } from './wire-server.ts';

export interface TableOptions {
  /** meta.k8s.io/v1 or v1beta1. */
  readonly version: string;
  /** Whether rows bring their objects along: their metadata, all of them, or nothing. */
  readonly include: 'Metadata' | 'Object' | 'None';
  /** The table of a stream says its columns once. */
  readonly noHeaders?: boolean;
}

interface Head {
  readonly metadata: object;
}

/**
 * Objects as rows of cells, which is how servers answer `kubectl get` (apiserver: printers, tableconvertor).
 */
export function tableDocument(
  { resource, server }: { readonly resource: Resource; readonly server: WireServer },
  objects: readonly KubeObject[],
  { version, include, noHeaders = false }: TableOptions,
  { metadata }: Head,
): object {
  const columns = tableColumns(resource, server);
  const context = { now: server.settings.epochMs + server.at, version: server.version };
  const rows = objects.map((object) => ({
    cells: columns.map(({ cell }) => cell(object as never, context) ?? null),
    ...(include !== 'None' && {
      object: include === 'Object' ? shownObject(object, resource) : metadataAlone(object, version),
    }),
  }));
  return {
    kind: 'Table',
    apiVersion: `meta.k8s.io/${version}`,
    metadata,
    columnDefinitions: noHeaders ? null : columns.map(definitionOf),
    rows,
  };
}

function tableColumns(resource: Resource, { version }: WireServer): readonly Column<never>[] {
  const name = resource.name === 'events.events.k8s.io' ? 'events' : resource.name;
  return columnsIn(columnsOf({ ...resource, name }), version);
}

function definitionOf({ name, wide, names }: Column<never>): object {
  const description = name === 'Age' || names ? DESCRIPTIONS[name] : '';
  return {
    name,
    type: 'string',
    format: names === true ? 'name' : '',
    description: description ?? '',
    priority: wide === true ? 1 : 0,
  };
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  Age: 'How long ago the object was created, up to now.',
  Name: 'The name, which is unique within a namespace.',
};

/** meta.k8s.io PartialObjectMetadata. */
export function metadataAlone({ metadata }: KubeObject, version: string): object {
  return { kind: 'PartialObjectMetadata', apiVersion: `meta.k8s.io/${version}`, metadata };
}
