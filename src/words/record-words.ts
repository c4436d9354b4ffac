/** What stands in pictures and pages of a run. */
export interface RecordWords {
  /** What a picture of pods shows. */
  readonly pods: string;
  readonly ready: string;
  readonly lost: string;
  /** Pods for which there is no room. */
  more(count: number): string;
  /** Of the page. */
  readonly page: PageWords;
}

export interface PageWords {
  readonly story: string;
  readonly state: string;
  readonly entries: string;
  readonly objects: string;
  readonly place: string;
  readonly play: string;
  readonly pause: string;
  readonly previousStep: string;
  readonly nextStep: string;
  readonly back: string;
  readonly forward: string;
  readonly keys: string;
  readonly nothingChanged: string;
  readonly choose: string;
  readonly reading: string;
  readonly unreadable: string;
}
