import { StringDecoder } from 'node:string_decoder';
import type { LiveCluster } from '../../live/live-cluster.ts';
import type { Channels } from './channels.ts';
import { type Give, terminal } from './terminal.ts';
import { type AtTerminal, waitingShell } from './waiting-shell.ts';

/** A program that a client is to be connected to. */
export interface Connecting {
  readonly isTerminal: boolean;
  readonly give: Give;
  /** Sends what has come since, and says where the program stands. */
  look(): Standing;
  /** The client has gone; `rest` are bytes that were no whole sign yet. */
  left(rest: string): void;
}

/** A program that runs, with what shows whether it waits; or the last word of one that has ended, if any. */
export type Standing =
  | { readonly runs: true; readonly process: AtTerminal | undefined }
  | { readonly runs: false; readonly status?: object };

/** Hands on what a client types, and looks after each commit, until the program ends or the client goes. */
export async function connectClient(
  live: LiveCluster,
  channels: Channels,
  { isTerminal, give, look, left }: Connecting,
): Promise<void> {
  const typed = isTerminal ? terminal(channels, give) : undefined;
  const decoder = new StringDecoder('utf8');
  channels.onInput = (bytes) => {
    const text = decoder.write(bytes);
    if (typed) typed.type(text);
    else give(text, false);
  };
  channels.onInputEnd = () => give(decoder.end(), true);
  await new Promise<void>((resolve) => {
    const lookAgain = (): void => {
      const standing = look();
      if (standing.runs) {
        typed?.look(waitingShell(standing.process));
        return;
      }
      if (standing.status) channels.error(standing.status);
      finish();
    };
    const stop = live.subscribe(lookAgain);
    const finish = (): void => {
      stop();
      channels.close();
      resolve();
    };
    channels.onGone = () => {
      left(decoder.end());
      finish();
    };
    lookAgain();
  });
}
