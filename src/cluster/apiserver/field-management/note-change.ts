import { compareFields } from '../../objects/field-sets/compare-fields.ts';
import {
  type Manager,
  type ManagerIdentity,
  readManagers,
  writeManagers,
} from '../../objects/field-sets/managers.ts';
import { managersAfterUpdate } from '../../objects/field-sets/update-managers.ts';
import { extended } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { type Call, timestamp } from '../call.ts';
import { shapeOf } from './shape-of.ts';

interface Noting<Kind> {
  readonly stored: KubeObject;
  readonly draft: Kind;
  /** Of an apply: whose fields are whose after it; and the subresource, where that is not the call's own. */
  readonly change: { readonly managers?: readonly Manager[] | undefined; readonly way?: string };
}

/** An object with its owners told: those of an apply, or whoever owned it and whoever has changed it now. */
export function withManagersNoted<Kind extends KubeObject>(
  call: Call,
  { stored, draft, change }: Noting<Kind>,
): Kind {
  const known = stored.metadata.managedFields;
  if (change.managers !== undefined) return withManagers(draft, change.managers);
  if (known === undefined) return draft;
  // Whoever hands owners back with the object may have changed them.
  const base = readManagers(draft.metadata.managedFields ?? known);
  const changes = compareFields(stored, draft, shapeOf(call, draft));
  const { subresource = change.way } = call;
  const writer: ManagerIdentity = {
    name: call.manager,
    operation: 'Update',
    apiVersion: draft.apiVersion,
    ...(subresource !== undefined && { subresource }),
  };
  return withManagers(draft, managersAfterUpdate(base, changes, { writer, time: timestamp(call) }));
}

export function withManagers<Kind extends KubeObject>(object: Kind, managers: readonly Manager[]): Kind {
  const metadata = extended(object.metadata, { managedFields: writeManagers(managers) });
  return { ...object, metadata };
}
