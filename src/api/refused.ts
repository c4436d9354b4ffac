/** What was asked of a cluster is no good: a mistake of whoever asks, told before anything happens. */
export class Refused extends Error {
  override readonly name = 'Refused';
}
