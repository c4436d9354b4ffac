import type { NodeCondition } from '../../objects/kubernetes.ts';

/**
 * The conditions of a healthy node, in the order in which kubelets write them. Kubelet:
 * nodestatus/setters.go.
 */
export function healthyConditions(heartbeat: string, since: string): NodeCondition[] {
  const times = { lastHeartbeatTime: heartbeat, lastTransitionTime: since };
  return HEALTHY.map(([type, status, reason, message]) => ({ type, status, ...times, reason, message }));
}

const HEALTHY = [
  ['MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
  ['DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
  ['PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
  ['Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'],
] as const;
