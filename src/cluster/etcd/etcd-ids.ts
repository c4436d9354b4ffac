import { utf8Bytes } from '../objects/base64.ts';
import { sha1 } from '../objects/sha1.ts';

/** What etcd calls its cluster where nobody says otherwise (`--initial-cluster-token`). */
export const CLUSTER_TOKEN = 'etcd-cluster';

/**
 * A member's ID follows from where it is reached, and the cluster's name. etcd: membership/member.go,
 * computeMemberID.
 */
export function memberIdOf(peerUrls: readonly string[], token: string, addedAtSeconds?: number): string {
  const added = addedAtSeconds === undefined ? '' : String(addedAtSeconds);
  return firstHalf(utf8Bytes([...peerUrls].sort().join('') + token + added));
}

/** etcd: membership/cluster.go, genID. */
export function clusterIdOf(memberIds: readonly string[]): string {
  const sorted = memberIds.map((id) => BigInt(`0x${id}`)).sort((a, b) => (a < b ? -1 : 1));
  return firstHalf(sorted.flatMap((id) => wordBytes(id)));
}

/** As JSON and `-w fields` have it. */
export function decimalId(id: string): string {
  return BigInt(`0x${id}`).toString();
}

function wordBytes(id: bigint): number[] {
  return Array.from({ length: 8 }, (_, index) => Number((id >> BigInt(56 - 8 * index)) & 255n));
}

function firstHalf(bytes: readonly number[]): string {
  const id = sha1(bytes)
    .slice(0, 8)
    .reduce((all, byte) => (all << 8n) | BigInt(byte), 0n);
  return id.toString(16);
}
