import type { ContainerRow, SandboxRow } from '../../contract/machine-rows.ts';
import type { SeenRuntime, SeenState } from '../../contract/pod-worker-row.ts';
import type { RowReader } from '../../contract/reader.ts';

/** What a kubelet knows of a pod's containers at one look: the newest first, at most two of a name. */
export interface RuntimeStatus {
  readonly isSandboxReady: boolean;
  readonly ip?: string;
  readonly containers: readonly KnownContainer[];
}

export interface KnownContainer {
  readonly state: SeenState;
  readonly row: ContainerRow;
}

/** The runtime as it was seen: a container that has exited since still counts as running. */
export function runtimeAsSeen(rows: RowReader, seen: SeenRuntime): RuntimeStatus {
  const containers: KnownContainer[] = [];
  for (const [id, state] of Object.entries(seen.containers)) {
    const row = rows.row('containers', id);
    if (row) containers.push({ state, row });
  }
  return {
    isSandboxReady: seen.sandbox?.ready ?? false,
    ...(seen.ip !== undefined && { ip: seen.ip }),
    containers: newestFirst(containers),
  };
}

/** What a look at the runtime would find now. */
export function seenNow(rows: RowReader, pod: string, before: SeenRuntime): Omit<SeenRuntime, 'at'> {
  const containers: Record<string, SeenState> = {};
  for (const row of rows.rowsBy('containers', 'pod', pod)) containers[row.id] = stateOf(row);
  const sandbox = newestSandbox(rows, pod);
  // The address outlives the sandbox, so that a finished pod still shows it (kubelet: pleg/generic.go
  // getPodIPs).
  const ip = sandbox?.stoppedAt === undefined ? (sandbox?.ip ?? before.ip) : before.ip;
  const address = ip === undefined ? {} : { ip };
  if (!sandbox) return { containers, ...address };
  return { sandbox: { id: sandbox.id, ready: sandbox.stoppedAt === undefined }, containers, ...address };
}

export function newestSandbox(rows: RowReader, pod: string): SandboxRow | undefined {
  let newest: SandboxRow | undefined;
  for (const row of rows.rowsBy('sandboxes', 'pod', pod)) {
    if (!newest || row.attempt > newest.attempt) newest = row;
  }
  return newest;
}

/** The newest container of a name. */
export function findContainer({ containers }: RuntimeStatus, name: string): KnownContainer | undefined {
  return containers.find(({ row }) => row.name === name);
}

export function stateOf(row: ContainerRow): SeenState {
  if (row.exit) return 'exited';
  return row.startedAt === undefined ? 'created' : 'running';
}

function newestFirst(containers: KnownContainer[]): KnownContainer[] {
  return containers.sort((a, b) => b.row.createdAt - a.row.createdAt || b.row.attempt - a.row.attempt);
}
