/** Why the host does not read or write a file. */
export type HostReason =
  | 'missing'
  | 'noFolder'
  | 'folder'
  | 'denied'
  | 'readOnly'
  | 'full'
  | 'tooMany'
  | 'loop'
  | 'longName';

/** What is wrong with files, and with what is looked for among them. */
export interface FileWords {
  readonly reasons: Readonly<Record<HostReason, string>>;
  notOpened(path: string, reason: string): string;
  notWritten(path: string, reason: string): string;
  noSide(path: string): string;
  readonly playedOnly: string;
  noLogFile(path: string): string;
  noLog(path: string): string;
  otherLog(path: string): string;
  nothingTyped(path: string): string;
  notPlayable(path: string, why: string): string;
  noFormat(format: string): string;
  damagedHead(place: string, reason: string | undefined): string;
  noTrace(path: string): string;
  emptyTrace(path: string): string;
  nothingImported(paths: string): string;
  moreDamage(count: number): string;
  imported(path: string, entries: number): string;
  importedScenario(path: string, of: { readonly applied: number; readonly made: number }): string;
  neither(path: string): string;
  nothing(path: string): string;
  noScenario(name: string, of: { readonly meant: string | undefined; readonly entry: string }): string;
  hasNo(folder: string, of: { readonly entry: string; readonly below: readonly string[] }): string;
  notScenario(path: string): string;
  tooMuch(folder: string, most: { readonly files: number; readonly bytes: number }): string;
  hasMistakes(name: string): string;
  isThere(path: string): string;
  noManifests(folder: string): string;
  chartNotRendered(folder: string): string;
  readonly atForPlayer: string;
  /** Of bundled scenarios. */
  noneTagged(tags: string): string;
}
