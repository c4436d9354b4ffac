import type { Millis } from '../../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import { extended } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Deployment, DeploymentCondition, DeploymentStatus } from '../../objects/kubernetes.ts';
import { record } from '../../recorder/record.ts';
import { setCondition } from '../shared/set-condition.ts';

export const DEPLOYMENT_CONTROLLER = 'deployment-controller';

/** One look at one Deployment. */
export interface DeploymentLook {
  readonly view: View;
  readonly now: Millis;
  /** As this look knows it: as it was read, and what the look has changed in it since. */
  deployment: Deployment;
  /**
   * Whether it has been written. The real controller goes on with the version that it read, so that another
   * write of the same look is refused and the look begins anew; here it isn't even tried, and the next look
   * comes with the news of the first write.
   */
  isWritten: boolean;
}

/** Writes the status, and annotations with it; false where the look must end. */
export function* writeStatus(look: DeploymentLook): Doing<boolean> {
  if (look.isWritten) return false;
  const { namespace = '', name = '' } = look.deployment.metadata;
  const answer = yield {
    verb: 'update',
    resource: 'deployments.apps',
    subresource: 'status',
    namespace,
    name,
    object: look.deployment,
  };
  // What says nothing new is no write, and leaves the version as it is.
  const { resourceVersion } = look.deployment.metadata;
  look.isWritten = !answer.ok || answer.object?.metadata.resourceVersion !== resourceVersion;
  return answer.ok;
}

export function* tell(
  { view, now, deployment }: DeploymentLook,
  reason: string,
  { type = 'Normal', message }: { readonly type?: 'Normal' | 'Warning'; readonly message: string },
): Doing<void> {
  const object: KubeObject = deployment;
  yield* record(view, { component: DEPLOYMENT_CONTROLLER, object, type, reason, message }, now);
}

export function conditionOf(
  look: DeploymentLook,
  condition: Omit<DeploymentCondition, 'lastUpdateTime'>,
): DeploymentCondition {
  const at = formatRfc3339(look.view.settings.epochMs + look.now);
  return extended(condition, { lastUpdateTime: at, lastTransitionTime: at });
}

/** Sets a condition in what the look knows; it is written with the next status. */
export function setOwnCondition(
  look: DeploymentLook,
  condition: Omit<DeploymentCondition, 'lastUpdateTime'>,
): void {
  const conditions = setCondition(look.deployment.status?.conditions, conditionOf(look, condition));
  setStatus(look, { ...look.deployment.status, conditions: [...conditions] });
}

export function setStatus(look: DeploymentLook, status: DeploymentStatus): void {
  look.deployment = { ...look.deployment, status };
}
