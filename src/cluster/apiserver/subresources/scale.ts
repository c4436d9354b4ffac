import type { PatchRequest, UpdateRequest } from '../../contract/request.ts';
import type { Granted, Refused } from '../../contract/response.ts';
import { valueAtPath, withValueAt } from '../../objects/custom/walk-schema.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { CustomResourceSubresourceScale, LabelSelector, Scale } from '../../objects/kubernetes.ts';
import { formatLabelSelector, requirementsOf, requirementsOfLabels } from '../../objects/label-selector.ts';
import { invalid as invalidField } from '../../objects/validation/field-error.ts';
import { type Call, keyOf } from '../call.ts';
import { badRequest, invalid, notFound, type Subject } from '../refusal.ts';
import { applyPatch } from '../verbs/patch.ts';
import { replaceStored } from '../verbs/update.ts';

const SCALE: Subject = { group: 'autoscaling', plural: 'scales', kind: 'Scale', name: 'scales.autoscaling' };

/** What all that can be scaled has. */
interface Scalable extends KubeObject {
  readonly spec?: { readonly replicas?: number; readonly selector?: LabelSelector | Record<string, string> };
  readonly status?: { readonly replicas?: number };
}

/** How many of something are wanted, and are there: one shape for all kinds that can be scaled. */
export function getScale(call: Call, name: string): Granted | Refused {
  const stored = call.store.read<Scalable>(keyOf(call, name));
  if (stored === undefined) return notFound(call.resource, name);
  return { ok: true, object: scaleOf(stored, call), revision: call.store.revision() };
}

export function changeScale(call: Call, request: UpdateRequest | PatchRequest): Granted | Refused {
  const stored = call.store.read<Scalable>(keyOf(call, request.name));
  if (stored === undefined) return notFound(call.resource, request.name);
  const patched =
    request.verb === 'patch'
      ? applyPatch(call, scaleOf(stored, call), request)
      : { ok: true as const, value: request.object };
  if (!patched.ok) return patched;
  const { metadata, spec } = patched.value as Scale;
  if (metadata?.name !== request.name) {
    const given = metadata?.name ?? '';
    return badRequest(
      `the name of the object (${given}) does not match the name on the URL (${request.name})`,
    );
  }
  const replicas = spec?.replicas ?? 0;
  if (replicas < 0) {
    return invalid(SCALE, request.name, [
      invalidField('spec.replicas', replicas, 'must be greater than or equal to 0'),
    ]);
  }
  const { uid, resourceVersion } = metadata;
  const object = {
    ...stored,
    metadata: { ...stored.metadata, ...(uid && { uid }), resourceVersion: resourceVersion ?? '' },
  };
  const path = pathsOf(call)?.specReplicasPath ?? '.spec.replicas';
  const { subresource: _, ...main } = call;
  const answer = replaceStored(main, stored, { object: withValueAt(object, path, replicas), way: 'scale' });
  return answer.ok && answer.object ? { ...answer, object: scaleOf(answer.object, call) } : answer;
}

/** Where a definition says that its objects have what a scale shows. */
function pathsOf({ resource }: Call): CustomResourceSubresourceScale | undefined {
  return resource.custom?.version.subresources?.scale;
}

function scaleOf(object: Scalable, call: Call): Scale & KubeObject {
  const { name = '', namespace = '', uid = '', resourceVersion = '', creationTimestamp } = object.metadata;
  const paths = pathsOf(call);
  const numberAt = (path: string) => Number(valueAtPath(object, path) ?? 0);
  const wanted = paths ? numberAt(paths.specReplicasPath) : object.spec?.replicas;
  const found = paths ? numberAt(paths.statusReplicasPath) : (object.status?.replicas ?? 0);
  const selector = paths
    ? String(valueAtPath(object, paths.labelSelectorPath ?? '') ?? '')
    : selectorText(object);
  return {
    apiVersion: 'autoscaling/v1',
    kind: 'Scale',
    metadata: { name, namespace, uid, resourceVersion, ...(creationTimestamp && { creationTimestamp }) },
    spec: wanted ? { replicas: wanted } : {},
    status: { replicas: found, ...(selector !== '' && { selector }) },
  };
}

function selectorText({ kind, spec }: Scalable): string {
  if (kind !== 'ReplicationController') {
    return formatLabelSelector(requirementsOf(spec?.selector as LabelSelector | undefined) ?? []);
  }
  return formatLabelSelector(requirementsOfLabels((spec?.selector ?? {}) as Record<string, string>));
}
