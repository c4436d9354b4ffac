import { sortedKeys } from '../json.ts';
import type { Node } from '../kubernetes.ts';
import { checkResourceAmount } from './check-resources.ts';
import { checkTaints } from './check-tolerations.ts';
import { checkCidr } from './check-values.ts';
import { duplicate, type FieldErrors, forbidden, invalid } from './field-error.ts';
import { checkObjectMeta, checkObjectMetaUpdate } from './object-meta.ts';

/** Kubernetes reports taints below the metadata, though they stand in the spec. */
const TAINTS = 'metadata.taints';

export function checkNewNode(node: Node): FieldErrors {
  return [
    ...checkObjectMeta(node.metadata, { isNamespaced: false }),
    ...checkTaints(TAINTS, node.spec?.taints ?? []),
    ...checkAmounts(node),
    ...checkPodRanges(node.spec?.podCIDRs ?? []),
  ];
}

/** A node's place in the network and at its provider are given once (ValidateNodeUpdate). */
export function checkNodeUpdate(node: Node, old: Node): FieldErrors {
  const { podCIDRs = [], providerID = '', taints = [] } = node.spec ?? {};
  const { podCIDRs: oldRanges = [], providerID: oldProvider = '' } = old.spec ?? {};
  const addresses = (node.status?.addresses ?? []).map(({ type, address }) => `${type} ${address}`);
  const isMoved = oldRanges.length > 0 && oldRanges.join() !== podCIDRs.join();
  const range = 'node updates may not change podCIDR except from "" to valid';
  const provider = 'node updates may not change providerID except from "" to valid';
  return [
    ...checkObjectMetaUpdate(node.metadata, old.metadata),
    ...checkAmounts(node),
    ...(node.status?.addresses ?? []).flatMap((address, index) =>
      addresses.indexOf(`${address.type} ${address.address}`) < index
        ? [duplicate(`status.addresses[${index}]`, address)]
        : [],
    ),
    ...(isMoved ? [forbidden('spec.podCIDRs', range)] : []),
    ...(oldProvider !== '' && oldProvider !== providerID ? [forbidden('spec.providerID', provider)] : []),
    ...checkTaints(TAINTS, taints),
  ];
}

function checkAmounts({ status }: Node): FieldErrors {
  return (['capacity', 'allocatable'] as const).flatMap((list) => {
    const amounts = status?.[list] ?? {};
    return sortedKeys(amounts).flatMap((name) =>
      checkResourceAmount(`status.${list}.${name}`, name, amounts[name] ?? ''),
    );
  });
}

function checkPodRanges(ranges: readonly string[]): FieldErrors {
  const field = 'spec.podCIDRs';
  const families = ranges.map((range) => (range.includes(':') ? 6 : 4));
  const isRepeated = new Set(families).size < families.length;
  const detail = 'may specify no more than one CIDR for each IP family';
  return [
    ...ranges.flatMap((range, index) => checkCidr(`${field}[${index}]`, range)),
    ...(isRepeated ? [invalid(field, ranges, detail)] : []),
  ];
}
