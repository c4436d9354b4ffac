import type { Millis } from '../../kernel/time/millis.ts';

export interface FileRow {
  /** The container or the volume that the file lies in. */
  readonly fileSystem: string;
  readonly path: string;
  /** `removed`: gone, although the image has it. */
  readonly kind: 'file' | 'directory' | 'link' | 'removed';
  /** Text of a file, target of a link. */
  readonly content?: string;
  readonly mode: number;
  readonly modifiedAt: Millis;
  readonly sizeBytes?: number;
}
