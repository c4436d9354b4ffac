/** What a webhook of a scenario answers: the first of its answers whose condition holds. */
export interface WebhookAnswer {
  /** An expression over `object`, `oldObject` and `request`; absent: always. */
  readonly when?: string;
  readonly does:
    | { readonly type: 'allow'; readonly warnings?: readonly string[] }
    | { readonly type: 'deny'; readonly message: string; readonly code: number }
    /** A JSON patch, or what is to be merged into the object. */
    | { readonly type: 'patch'; readonly patch: unknown }
    /** It answers with an error of its own. */
    | { readonly type: 'fail'; readonly message: string }
    | { readonly type: 'timeout' };
}
