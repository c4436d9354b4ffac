import type { NetworkPolicy } from '../kubernetes.ts';

/** pkg/apis/networking/v1/defaults.go. One that does not say is of what comes in, and of what it lets out. */
export function setNetworkPolicyDefaults({ spec }: NetworkPolicy): void {
  if (!spec) return;
  const rules = [...(spec.ingress ?? []), ...(spec.egress ?? [])];
  for (const { ports } of rules) for (const port of ports ?? []) port.protocol ??= 'TCP';
  if (spec.policyTypes?.length) return;
  spec.policyTypes = ['Ingress', ...(spec.egress?.length ? ['Egress'] : [])];
}
