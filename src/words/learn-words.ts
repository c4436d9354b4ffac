/** What is told of the course that the bundled scenarios are. */
export interface LearnWords {
  played(done: number, count: number): string;
  goOn(next: string): string;
  finished(name: string, done: number, count: number): string;
  readonly allDone: string;
  readonly forgotten: string;
  /** Why progress could not be written down. */
  notKept(why: string): string;
  notBundled(name: string): string;
}
