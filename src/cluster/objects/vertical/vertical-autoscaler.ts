import type { KubeObject } from '../kube-object.ts';

/** The plural with its group, as the addon defines it. */
export const VERTICAL_AUTOSCALERS = 'verticalpodautoscalers.autoscaling.k8s.io';

export type Amounts = Readonly<Record<string, string>>;

/** What a container should request, and between what it may stay as it is. */
export interface ContainerRecommendation {
  readonly containerName: string;
  readonly lowerBound: Amounts;
  readonly target: Amounts;
  readonly uncappedTarget: Amounts;
  readonly upperBound: Amounts;
}

export interface ContainerPolicy {
  readonly containerName?: string;
  readonly mode?: string;
  readonly minAllowed?: Amounts;
  readonly maxAllowed?: Amounts;
  readonly controlledResources?: readonly string[];
  readonly controlledValues?: string;
}

/** A VerticalPodAutoscaler (autoscaling.k8s.io/v1). */
export interface VerticalPodAutoscaler extends KubeObject {
  readonly spec: {
    readonly targetRef: { readonly apiVersion?: string; readonly kind: string; readonly name: string };
    readonly updatePolicy?: { readonly updateMode?: string; readonly minReplicas?: number };
    readonly resourcePolicy?: { readonly containerPolicies?: readonly ContainerPolicy[] };
  };
  readonly status?: {
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly lastTransitionTime?: string;
      readonly reason?: string;
      readonly message?: string;
    }[];
    readonly recommendation?: { readonly containerRecommendations?: readonly ContainerRecommendation[] };
  };
}

export type UpdateMode = 'Off' | 'Initial' | 'Recreate' | 'InPlaceOrRecreate';

/** `Auto` is what evicting used to be called. */
export function updateModeOf({ spec }: VerticalPodAutoscaler): UpdateMode {
  const mode = spec.updatePolicy?.updateMode ?? 'Auto';
  return mode === 'Off' || mode === 'Initial' || mode === 'InPlaceOrRecreate' ? mode : 'Recreate';
}

export function policyFor({ spec }: VerticalPodAutoscaler, container: string): ContainerPolicy {
  const policies = spec.resourcePolicy?.containerPolicies ?? [];
  return (
    policies.find(({ containerName }) => containerName === container) ??
    policies.find(({ containerName }) => containerName === '*') ??
    {}
  );
}
