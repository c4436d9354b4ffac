/** For what a client waits: for something about one object or one program, or for whatever happens. */
export type WaitsFor = 'one' | 'any';

/** Somebody who waits: a watch, a log that is followed, a program that runs in a container. */
export interface Waiting {
  /** It was told of something, and may want to do something about it. */
  told(): void;
  end(): void;
}

/** For so many milliseconds of the wall a cluster goes on before whoever asks meanwhile has a turn. */
export const SLICE_MS = 8;
