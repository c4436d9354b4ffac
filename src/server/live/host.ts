/** The host's time, as a clock of a live cluster has it. Tests bring their own. */
export interface Host {
  /** Milliseconds that only grow. */
  wall(): number;
  /** Calls once, after so many milliseconds; with 0, when whoever came meanwhile has had a turn. */
  later(ms: number, call: () => void): Later;
}

export interface Later {
  cancel(): void;
}

export const realHost: Host = {
  wall: () => performance.now(),
  later(ms, call) {
    if (ms <= 0) {
      const turn = setImmediate(call);
      return { cancel: () => clearImmediate(turn) };
    }
    const timer = setTimeout(call, ms);
    return { cancel: () => clearTimeout(timer) };
  },
};
