/** What stands in pictures and pages of a run. */
export interface RecordWords {
  /** What a picture of pods shows. */
  readonly pods: string;
  readonly ready: string;
  readonly lost: string;
  /** Pods for which there is no room. */
  more(count: number): string;
  /** What a picture of pods shows, in more words. */
  lanesDesc(pods: number, steps: number): string;
  /** What a picture of the player shows, in more words. */
  stillDesc(clock: string, told: string): string;
  /** A picture of the player, in a few words. */
  stillOf(step: number): string;
  /** While it is being recorded. */
  playing(name: string, clock: string): string;
  readonly plots: PlotWords;
  readonly wrong: RecordWrongWords;
  /** Of the page that lists them all. */
  readonly walkthroughs: { readonly title: string; readonly about: string };
  /** Behind what a learner is asked. */
  readonly answer: string;
  /** Of the page. */
  readonly page: PageWords;
}

/** What stands in plots of a run over time. */
export interface PlotWords {
  readonly availability: string;
  readonly requests: string;
  readonly autoscaling: string;
  /** What a plot shows, in more words: the names of what is in it. */
  desc(panels: readonly string[], steps: number): string;
  readonly podsUnit: string;
  readonly replicasUnit: string;
  readonly allPods: string;
  readonly present: string;
  readonly wanted: string;
  readonly answered: string;
  requestsIn(span: string): string;
  readonly measured: string;
  readonly target: string;
  readonly current: string;
  readonly least: string;
  readonly most: string;
  /** Of what is asked for. */
  shareOf(resource: string): string;
  milliOf(resource: string): string;
}

export interface PageWords {
  readonly story: string;
  readonly terminal: string;
  readonly cluster: string;
  /** What one chooses among on a narrow screen. */
  readonly views: string;
  /** The story and those of its branches. */
  readonly branches: string;
  readonly pods: string;
  readonly step: string;
  /** How long the run is. */
  length(steps: number, clock: string): string;
  /** What was expected, as a whole. */
  checks(met: number, missed: number): string;
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

/** Why something is not recorded, and what to do instead. */
export interface RecordWrongWords {
  /** Of a file, by the ending of its name too. */
  format(asked: string, known: readonly string[]): string;
  /** `--theme`: it is one of these. */
  option(option: string, asked: string, known: readonly string[]): string;
  pictureOnly(format: string): string;
  playerOnly(picture: string): string;
  readonly pngFile: string;
  readonly allFolder: string;
  readonly allOrOne: string;
  nothingOf(picture: string): string;
  tooSmall(columns: number, rows: number): string;
  readonly noBrowser: string;
  notDrawn(browser: string, reason: string): string;
}
