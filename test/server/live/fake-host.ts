import type { Host } from '../../../src/server/live/host.ts';

export interface FakeHost extends Host {
  /** Lets milliseconds of the wall pass, and calls whoever wanted to be called. */
  pass(ms: number): void;
}

/** A host whose time passes when a test says so. */
export function fakeHost(): FakeHost {
  let wall = 1000;
  let calls: { readonly at: number; readonly call: () => void }[] = [];
  return {
    wall: () => wall,
    later(ms, call) {
      const later = { at: wall + Math.max(0, ms), call };
      calls.push(later);
      const cancel = (): void => {
        calls = calls.filter((each) => each !== later);
      };
      return { cancel };
    },
    pass(ms) {
      const until = wall + ms;
      for (;;) {
        const [first] = calls.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
        if (!first) break;
        calls = calls.filter((each) => each !== first);
        wall = Math.max(wall, first.at);
        first.call();
      }
      wall = until;
    },
  };
}
