import type { Millis } from '../../../kernel/time/millis.ts';

export interface FileNode {
  /** `removed`: gone, although the image has it. */
  readonly kind: 'file' | 'directory' | 'link' | 'removed';
  /** Text of a file, target of a link. */
  readonly content?: string;
  /** Permission bits, as 0o644. */
  readonly mode: number;
  readonly modifiedAt: Millis;
  /** Of a file whose bytes are of no interest (`dd if=/dev/zero`): its size; otherwise the content has it. */
  readonly sizeBytes?: number;
}
