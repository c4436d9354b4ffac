/** What is to be done with what. */
export type Attributes = ResourceAttributes | UrlAttributes;

export interface ResourceAttributes {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  /** Absent for the whole cluster. */
  readonly namespace?: string;
  readonly name?: string;
  readonly fieldSelector?: string;
}

export interface UrlAttributes {
  readonly verb: string;
  readonly path: string;
}

export interface Judgement {
  readonly isAllowed: boolean;
  /** By which right; or why not, if anything went wrong on the way. */
  readonly reason: string;
}
