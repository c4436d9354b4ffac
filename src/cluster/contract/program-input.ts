/** What somebody outside gives to a program. */
export interface SentInput {
  readonly text: string;
  /** Nothing more will come. */
  readonly ended?: true;
}

/** What has been given to it so far. */
export interface GivenInput {
  readonly text: string;
  /** Nothing more will come. */
  readonly ended: boolean;
}
