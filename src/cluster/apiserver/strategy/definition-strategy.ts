import { withCondition } from '../../objects/conditions.ts';
import { CLEANUP } from '../../objects/custom/custom-resources.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { CustomResourceDefinition } from '../../objects/kubernetes.ts';
import { type Call, timestamp } from '../call.ts';

/**
 * A new definition has no status but which version is kept (registry/customresourcedefinition/strategy.go).
 */
export function prepareDefinition(draft: KubeObject): undefined {
  const definition = draft as CustomResourceDefinition;
  definition.status = {
    acceptedNames: { kind: '', plural: '' },
    // Go writes a list that nobody has made yet.
    conditions: null as never,
    storedVersions: storedVersions(definition, []),
  };
}

/** The versions in which objects may lie in etcd grow with each that is chosen for it. */
export function prepareDefinitionUpdate(draft: KubeObject): undefined {
  const definition = draft as CustomResourceDefinition;
  const before = definition.status?.storedVersions ?? [];
  definition.status = { ...definition.status, storedVersions: storedVersions(definition, before) };
}

function storedVersions({ spec }: CustomResourceDefinition, before: readonly string[]): string[] {
  const stored = spec?.versions?.find(({ storage }) => storage)?.name;
  return stored === undefined || before.includes(stored) ? [...before] : [...before, stored];
}

/**
 * No definition goes before the objects that it defines (registry/customresourcedefinition/etcd.go Delete).
 */
export function markDefinitionDeleted(stored: KubeObject, call: Call): KubeObject | undefined {
  const { metadata, status, ...rest } = stored as CustomResourceDefinition;
  if (metadata.deletionTimestamp !== undefined) return undefined;
  const { finalizers = [] } = metadata;
  const now = timestamp(call);
  return {
    ...rest,
    metadata: {
      ...metadata,
      deletionTimestamp: now,
      finalizers: finalizers.includes(CLEANUP) ? finalizers : [...finalizers, CLEANUP],
    },
    status: {
      ...status,
      conditions: withCondition(status?.conditions, {
        type: 'Terminating',
        status: 'True',
        lastTransitionTime: now,
        reason: 'InstanceDeletionPending',
        message: 'CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon',
      }),
    },
  } as KubeObject;
}
