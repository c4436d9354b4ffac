import { describe, expect, test } from 'vitest';
import { withDefaults } from '../../../../src/cluster/objects/defaults/apply-defaults.ts';
import type { NetworkPolicy, NetworkPolicySpec } from '../../../../src/cluster/objects/kubernetes.ts';
import { formatFieldError } from '../../../../src/cluster/objects/validation/field-error.ts';
import { validateCreate } from '../../../../src/cluster/objects/validation/validate-object.ts';

function policy(spec: NetworkPolicySpec): NetworkPolicy {
  const metadata = { name: 'web', namespace: 'default' };
  const object: NetworkPolicy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec };
  return withDefaults(object, { minor: 36, patch: 0 });
}

const from = (...peers: readonly object[]): NetworkPolicySpec => ({ ingress: [{ from: [...peers] }] });
const ports = (...all: readonly object[]): NetworkPolicySpec => ({ egress: [{ ports: [...all] }] });
const block = (cidr: string, ...except: readonly string[]) => ({ ipBlock: { cidr, except: [...except] } });

describe('a NetworkPolicy', () => {
  test.each<readonly [NetworkPolicySpec, readonly string[]]>([
    [{}, ['Ingress']],
    [{ egress: [] }, ['Ingress']],
    [{ egress: [{}] }, ['Ingress', 'Egress']],
    [{ policyTypes: ['Egress'] }, ['Egress']],
  ])('%j is about %j', (spec, types) => {
    expect(policy(spec).spec?.policyTypes).toEqual(types);
  });

  test('has ports of TCP unless it says otherwise', () => {
    expect(policy(ports({ port: 80 })).spec?.egress).toEqual([{ ports: [{ port: 80, protocol: 'TCP' }] }]);
  });

  test.each<readonly [NetworkPolicySpec, string]>([
    [from({}), 'spec.ingress[0].from[0]: Required value: must specify a peer'],
    [
      from({ ...block('10.0.0.0/8'), podSelector: {} }),
      'spec.ingress[0].from[0]: Forbidden: may not specify both ipBlock and another peer',
    ],
    [
      from(block('10.0.0')),
      'spec.ingress[0].from[0].ipBlock.cidr: Invalid value: "10.0.0": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
    ],
    [
      from(block('10.0.0.0/16', '10.1.0.0/24')),
      'spec.ingress[0].from[0].ipBlock.except[0]: Invalid value: "10.1.0.0/24": must be a strict subset of `cidr`',
    ],
    [
      from(block('10.0.0.0/16', '10.0.0.0/16')),
      'spec.ingress[0].from[0].ipBlock.except[0]: Invalid value: "10.0.0.0/16": must be a strict subset of `cidr`',
    ],
    [
      ports({ port: 90, endPort: 80 }),
      'spec.egress[0].ports[0].endPort: Invalid value: 90: must be greater than or equal to `port`',
    ],
    [
      ports({ port: 'http', endPort: 80 }),
      'spec.egress[0].ports[0].endPort: Invalid value: 80: may not be specified when `port` is non-numeric',
    ],
    [
      ports({ endPort: 80 }),
      'spec.egress[0].ports[0].endPort: Invalid value: 80: may not be specified when `port` is not specified',
    ],
    [
      ports({ port: 0 }),
      'spec.egress[0].ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive',
    ],
    [
      ports({ port: 80, protocol: 'ICMP' }),
      'spec.egress[0].ports[0].protocol: Unsupported value: "ICMP": supported values: "SCTP", "TCP", "UDP"',
    ],
    [
      { policyTypes: ['ingress'] },
      'spec.policyTypes[0]: Unsupported value: "ingress": supported values: "Egress", "Ingress"',
    ],
  ])('%j is refused', (spec, text) => {
    expect(validateCreate(policy(spec)).map(formatFieldError)).toEqual([text]);
  });
});
