import { compareText } from '../../../objects/json.ts';
import { splitApiVersion } from '../../../objects/schema/resources.ts';
import { kindOf, nameOf, namespaceOf, type Resource } from './resource.ts';

const FIRST = [
  'Namespace ResourceQuota StorageClass CustomResourceDefinition ServiceAccount PodSecurityPolicy Role',
  'ClusterRole RoleBinding ClusterRoleBinding ConfigMap Secret Endpoints Service LimitRange PriorityClass',
  'PersistentVolume PersistentVolumeClaim Deployment StatefulSet CronJob PodDisruptionBudget',
].flatMap((line) => line.split(' '));
const LAST = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

/** What others need comes first (kustomize: api/internal/builtins/SortOrderTransformer, legacy order). */
export function inLegacyOrder(resources: readonly Resource[]): readonly Resource[] {
  return [...resources].sort(
    (a, b) =>
      rankOf(a) - rankOf(b) || compareText(typeOf(a), typeOf(b)) || compareText(placeOf(a), placeOf(b)),
  );
}

function rankOf(resource: Resource): number {
  const kind = kindOf(resource);
  const first = FIRST.indexOf(kind);
  if (first >= 0) return first - FIRST.length;
  return LAST.indexOf(kind) + 1;
}

function typeOf(resource: Resource): string {
  const { group, version } = splitApiVersion(String(resource.object['apiVersion'] ?? ''));
  return [group || '~G', version || '~V', kindOf(resource)].join('_');
}

/** What has no group or namespace comes last (kustomize: resid.LegacySortString). */
function placeOf(resource: Resource): string {
  return [namespaceOf(resource) || '~X', nameOf(resource)].join('|');
}
