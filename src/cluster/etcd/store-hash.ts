import type { EtcdReader } from '../contract/etcd-reader.ts';
import { sha256 } from '../objects/sha256.ts';

/**
 * A number of 32 bits that is the same wherever the same keys are held at a revision. etcd's own is a CRC of
 * the pages' bytes, which nobody else has.
 */
export function storeHash(etcd: EtcdReader, revision: number): number {
  const keys = etcd.range(() => true, revision);
  const said = keys.map(({ key, modified, version }) => `${key} ${modified} ${version}`).join('\n');
  return Number.parseInt(sha256(`${revision}\n${said}`).slice(0, 8), 16);
}
