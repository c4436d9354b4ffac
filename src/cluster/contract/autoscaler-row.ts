import type { Millis } from '../../kernel/time/millis.ts';

/** What the controller of HorizontalPodAutoscalers keeps in mind of one, by its key in etcd. */
export interface AutoscalerRow {
  readonly key: string;
  /** Since when it remembers. */
  readonly since: Millis;
  /** Sizes that were right, oldest first: each held at every look from then on until the next. */
  readonly recommended: readonly { readonly size: number; readonly from: Millis }[];
  /** Changes of the size that it made. */
  readonly changes: readonly { readonly by: number; readonly at: Millis }[];
  /** Whose size it sets, as labels: `run=web`. */
  readonly selector?: string;
}

export type AutoscalerEvent =
  /** The size that is right for now, before anything holds it back. */
  | {
      readonly type: 'SizeRecommended';
      readonly about: string;
      readonly size: number;
      /** It remembers nothing of before. */
      readonly isFirst?: true;
    }
  | { readonly type: 'SizeChanged'; readonly about: string; readonly by: number }
  | { readonly type: 'SelectorNoted'; readonly about: string; readonly selector: string }
  | { readonly type: 'AutoscalerForgotten'; readonly about: string };
