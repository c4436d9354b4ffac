import { drawWhole } from '../../kernel/chance/draw.ts';
import { type Millis, SECOND } from '../../kernel/time/millis.ts';
import type { View } from '../contract/component.ts';
import { manifestPath } from '../contract/control-plane-paths.ts';
import { type ProgramName, programKey } from '../contract/control-plane-rows.ts';
import { fileKey, hostFileSystem } from '../contract/file-key.ts';
import type { MachineEvent } from '../contract/machine-event.ts';
import { hasOwnControlPlane } from '../contract/settings.ts';

/** A program of the control plane is stopped, started, or stopped to be started again. */
export interface ProgramFault {
  readonly of: ProgramName;
  readonly does: 'stops' | 'starts' | 'restarts';
  readonly takesMs?: Millis;
}

interface Moment {
  readonly view: View;
  readonly at: Millis;
}

/** From the end of a program until it serves again, where it runs on no machine of the cluster. */
const RESTART_MS = [2 * SECOND, 4 * SECOND] as const;

/**
 * What happens at the moment of a fault. On a machine it is what people do there: they move the manifest out
 * of the kubelet's sight, and back; and end the container, which the kubelet starts again.
 */
export function programFaultEvents(
  { of: program, does, takesMs }: ProgramFault,
  nodes: readonly string[],
  { view, at }: Moment,
): readonly MachineEvent[] {
  const { settings, chance } = view;
  if (hasOwnControlPlane(settings)) {
    const planes = settings.nodes.filter(({ controlPlane }) => controlPlane).map(({ name }) => name);
    return (nodes.length > 0 ? nodes : planes).flatMap((node) =>
      does === 'restarts' ? endOf(view, program, node) : moveManifest(view, { program, node, does, at }),
    );
  }
  switch (does) {
    case 'starts':
      return [{ type: 'ProgramStarted', program, node: '', container: '', args: [] }];
    case 'stops':
      return [{ type: 'ProgramStopped', program, node: '' }];
    case 'restarts': {
      const [low, high] = RESTART_MS;
      const until = at + (takesMs ?? drawWhole(chance, low, high, 'program restart', program, at));
      return [{ type: 'ProgramStopped', program, node: '', until }];
    }
  }
}

function endOf({ rows }: View, program: ProgramName, node: string): readonly MachineEvent[] {
  const container = rows.row('programs', programKey(program, node))?.container;
  const row = container === undefined ? undefined : rows.row('containers', container);
  return row ? [{ type: 'SignalSent', node, pod: row.pod, container: row.id, signal: 'TERM' }] : [];
}

interface Moving extends Pick<Moment, 'at'> {
  readonly program: ProgramName;
  readonly node: string;
  readonly does: 'stops' | 'starts';
}

function moveManifest({ rows }: View, { program, node, does, at }: Moving): readonly MachineEvent[] {
  const fileSystem = hostFileSystem(node);
  const places = [manifestPath(program), `/root/${program}.yaml`];
  const [from = '', to = ''] = does === 'stops' ? places : places.reverse();
  const file = rows.row('files', fileKey({ fileSystem, path: from }));
  if (file?.kind !== 'file') return [];
  return [
    { type: 'FileWritten', node, ...file, path: to },
    { type: 'FileWritten', node, fileSystem, path: from, kind: 'removed', mode: 0, modifiedAt: at },
  ];
}
