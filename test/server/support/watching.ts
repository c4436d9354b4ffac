import type { TestServer } from './test-server.ts';

export interface WatchEvent {
  readonly type: string;
  readonly object: {
    readonly kind?: string;
    readonly code?: number;
    readonly metadata: {
      readonly name?: string;
      readonly resourceVersion?: string;
      readonly annotations?: Readonly<Record<string, string>>;
    };
    readonly [field: string]: unknown;
  };
}

/** A watch over HTTP, event by event. */
export interface Watch {
  /** The next event; undefined once the server has ended it. */
  next(): Promise<WatchEvent | undefined>;
  /** Events up to the first that is meant, which is the last of them. */
  until(isMeant: (event: WatchEvent) => boolean): Promise<readonly WatchEvent[]>;
  close(): Promise<void>;
}

export async function watch(
  { url, token }: TestServer,
  path: string,
  headers: Record<string, string> = {},
): Promise<Watch> {
  const aborting = new AbortController();
  const response = await fetch(`${url}${path}`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    signal: aborting.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const lines: string[] = [];
  let rest = '';
  const next = async (): Promise<WatchEvent | undefined> => {
    while (lines.length === 0) {
      const read = await reader?.read();
      if (!read || read.done) return undefined;
      const pieces = (rest + read.value).split('\n');
      rest = pieces.pop() ?? '';
      lines.push(...pieces);
    }
    return JSON.parse(lines.shift() ?? '') as WatchEvent;
  };
  return {
    next,
    async until(isMeant) {
      const events: WatchEvent[] = [];
      for (let event = await next(); event; event = await next()) {
        events.push(event);
        if (isMeant(event)) return events;
      }
      throw new Error(`the watch ended with ${JSON.stringify(events.at(-1))}`);
    },
    async close() {
      aborting.abort();
      await reader?.cancel().catch(() => undefined);
    },
  };
}
