/** What a client that runs a program is connected to it by, whichever protocol carries it. */
export interface Channels {
  stdout(text: string): void;
  stderr(text: string): void;
  /** The last word: a Status. */
  error(status: object): void;
  close(): void;
  /** What the client sends, and that it sends no more; that it has gone. */
  onInput: (bytes: Buffer) => void;
  onInputEnd: () => void;
  onGone: () => void;
}

/** Channels that lead nowhere yet. */
export function unheard(): Pick<Channels, 'onInput' | 'onInputEnd' | 'onGone'> {
  return { onInput: () => undefined, onInputEnd: () => undefined, onGone: () => undefined };
}

/** What is wanted of a program: which of its ends are to be connected. */
export interface Ends {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly tty: boolean;
}
