import type { ObjectMeta } from './kubernetes.ts';

/** What every object of the API has. Its kind's own type (`Pod`, `Node`, …) stands in `kubernetes.ts`. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
}

/** An object's place in the API. `resource` is the plural with its group: `pods`, `deployments.apps`. */
export interface ObjectRef {
  readonly resource: string;
  /** Absent for cluster-scoped resources. */
  readonly namespace?: string;
  readonly name: string;
}
