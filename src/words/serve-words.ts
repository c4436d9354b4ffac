/** What a server of the API says to whoever has started it, and how the command is described. */
export interface ServeWords {
  /** Once it answers; `example` is a line to type. */
  serving(what: string, version: string, url: string): string;
  kubeconfig(path: string): string;
  readonly ends: string;
  readonly ended: string;
  portTaken(address: string, port: number): string;
  noAddress(address: string): string;
  userForm(text: string): string;
  portForm(text: string): string;
  versionForm(text: string): string;
  clockForm(text: string): string;
  /** What was recorded of a real cluster is nobody's to go on with. */
  readonly recorded: string;
  readonly noScenario: string;
  /** A player needs a terminal. */
  readonly noScreen: string;
  /** The file of that name is somebody else's. */
  kubeconfigIsThere(path: string): string;
  /** Others than this machine can come to the address. */
  notAlone(address: string): string;
}
