import type { EndpointState, KeptConnection } from '../../contract/traffic-rows.ts';

/** What ended an open connection: the other side went, or closes what is idle because it is about to go. */
export function endOfConnection(
  states: readonly EndpointState[],
  { since }: KeptConnection,
): EndpointState | undefined {
  return states.find(
    (state) =>
      state.since > since &&
      (state.underWay !== 'goes on' || state.does === 'refuses' || state.does === 'hangs'),
  );
}
