import type { KubeObject } from '../objects/kube-object.ts';

export const APPLICATIONS = 'applications.argoproj.io';

/** Argo CD's Application, as far as it is simulated (argo-cd: pkg/apis/application/v1alpha1/types.go). */
export interface Application extends KubeObject {
  readonly spec: ApplicationSpec;
  readonly status?: ApplicationStatus;
  /** What is to be done, until it is done. */
  readonly operation?: Operation;
}

interface ApplicationSpec {
  readonly project?: string;
  readonly source?: Source;
  readonly destination?: { readonly server?: string; readonly name?: string; readonly namespace?: string };
  readonly syncPolicy?: {
    readonly automated?: {
      readonly prune?: boolean;
      readonly selfHeal?: boolean;
      readonly enabled?: boolean;
    };
    readonly syncOptions?: readonly string[];
  };
}

export interface Source {
  readonly repoURL?: string;
  readonly path?: string;
  readonly targetRevision?: string;
  readonly directory?: { readonly recurse?: boolean };
}

export interface Operation {
  readonly initiatedBy?: { readonly automated?: boolean; readonly username?: string };
  readonly sync?: {
    readonly revision?: string;
    readonly prune?: boolean;
    readonly syncOptions?: readonly string[];
    readonly selfHealAttemptsCount?: number;
    /** Only these. */
    readonly resources?: readonly {
      readonly group?: string;
      readonly kind: string;
      readonly name: string;
    }[];
  };
}

export interface ApplicationStatus {
  readonly conditions?: readonly {
    readonly type: string;
    readonly message: string;
    readonly lastTransitionTime?: string;
  }[];
  readonly health?: Health & { readonly lastTransitionTime?: string };
  readonly history?: readonly History[];
  readonly operationState?: OperationState;
  readonly reconciledAt?: string;
  readonly resources?: readonly ResourceStatus[];
  readonly sourceType?: string;
  readonly sync?: {
    readonly status: SyncCode;
    readonly revision?: string;
    readonly comparedTo?: { readonly source?: Source; readonly destination?: object };
  };
}

export type SyncCode = 'Synced' | 'OutOfSync' | 'Unknown';
export type HealthCode = 'Healthy' | 'Suspended' | 'Progressing' | 'Missing' | 'Degraded' | 'Unknown';

export interface Health {
  readonly status: HealthCode;
  readonly message?: string;
}

interface History {
  readonly id: number;
  readonly revision: string;
  readonly deployStartedAt?: string;
  readonly deployedAt: string;
  readonly source?: Source;
}

/** An object that is wanted, or that was put there and is not wanted any more. */
export interface ResourceStatus {
  readonly group?: string;
  readonly version: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly status?: SyncCode;
  readonly health?: Health;
  readonly hook?: boolean;
  readonly requiresPruning?: boolean;
  readonly syncWave?: number;
}

export interface OperationState {
  readonly operation: Operation;
  readonly phase: OperationPhase;
  readonly message?: string;
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly syncResult?: {
    readonly revision: string;
    readonly resources?: readonly TaskResult[];
    readonly source?: Source;
  };
}

export type OperationPhase = 'Running' | 'Succeeded' | 'Failed' | 'Error' | 'Terminating';
export type SyncPhase = 'PreSync' | 'Sync' | 'PostSync' | 'SyncFail';

/** What has become of one task of an operation. */
export interface TaskResult {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly status?: 'Synced' | 'SyncFailed' | 'Pruned' | 'PruneSkipped';
  readonly message?: string;
  readonly hookType?: string;
  readonly hookPhase?: OperationPhase;
  readonly syncPhase: SyncPhase;
}

/** Which application an object was put there by, and as what, so that a copy does not count. */
export const TRACKING = 'argocd.argoproj.io/tracking-id';
/** `normal` or `hard`: somebody wants it to look now. */
export const REFRESH = 'argocd.argoproj.io/refresh';
/** Who deletes the application deletes what it put there. */
export const FINALIZER = 'resources-finalizer.argocd.argoproj.io';

/** `shop:apps/Deployment:default/web` */
export function trackingId(
  application: string,
  { group = '', kind, namespace, name }: Pick<ResourceStatus, 'group' | 'kind' | 'namespace' | 'name'>,
): string {
  return `${application}:${group}/${kind}:${namespace ?? ''}/${name}`;
}
