import type { SimilarEvents, TokenBucket, WrittenEvent } from './recorder-row.ts';

/** What a recorder of Kubernetes Events remembers of what it has written. */
export type RecorderEvent = {
  readonly type: 'EventRecorded';
  /** Who records, on which host, about which object. */
  readonly recorder: string;
  readonly bucket?: TokenBucket & { readonly of: string };
  readonly similar?: SimilarEvents & { readonly of: string };
  readonly written: WrittenEvent & { readonly of: string };
};
