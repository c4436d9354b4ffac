import type { View } from '../../contract/component.ts';
import type { LineState } from '../command-line/line-state.ts';
import type { Call, Listener } from '../program.ts';

/** A port that a program holds open on the machine where it was typed, and the line that it is of. */
export interface OpenPort extends Listener {
  readonly command: string;
}

/** Every port that programs hold open which people have started, of those that run. */
function openPorts({ rows }: View): readonly OpenPort[] {
  return rows.rowsBy('commands', 'running', 'yes').flatMap(({ id, state }) => {
    const listens = (state as LineState | undefined)?.running?.listens ?? [];
    return listens.map((listener) => ({ ...listener, command: id }));
  });
}

/** Who listens at a name of one's own machine: `localhost`, `127.0.0.1:8888`. */
export function listenerAt(
  { view, machine }: Pick<Call, 'view' | 'machine'>,
  host: string,
  port: number,
): OpenPort | undefined {
  const addresses = host === 'localhost' ? ['127.0.0.1', '::1'] : [host];
  return openPorts(view).find(
    (open) =>
      open.machine === machine &&
      open.port === port &&
      (open.address === '0.0.0.0' || addresses.includes(open.address)),
  );
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d+){3}$/.test(host);
}
