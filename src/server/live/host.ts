/** The host's time, as a clock of a live cluster has it. Tests bring their own. */
export interface Host {
  /** Milliseconds that only grow. */
  wall(): number;
  /**
   * Calls once, after so many milliseconds, and after so many turns in which whoever came meanwhile was
   * heard: on a machine that is busy, a moment may pass in which nobody had one.
   */
  later(ms: number, call: () => void, turns?: number): Later;
}

export interface Later {
  cancel(): void;
}

export const realHost: Host = {
  wall: () => performance.now(),
  later(ms, call, turns = 1) {
    let timer: NodeJS.Timeout | undefined;
    let turn: NodeJS.Immediate | undefined;
    const inTurns = (left: number): void => {
      turn = setImmediate(left > 1 ? () => inTurns(left - 1) : call);
    };
    if (ms <= 0) inTurns(1);
    else timer = setTimeout(() => inTurns(turns), ms);
    return {
      cancel() {
        clearTimeout(timer);
        clearImmediate(turn);
      },
    };
  },
};
