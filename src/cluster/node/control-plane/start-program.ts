import { drawWhole } from '../../../kernel/chance/draw.ts';
import { type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { View } from '../../contract/component.ts';
import type { ProgramName } from '../../contract/control-plane-rows.ts';
import type { Doing } from '../../contract/doing.ts';
import type { ContainerRow } from '../../contract/machine-rows.ts';
import { quoteGo } from '../../objects/go-json.ts';
import { klogLine } from '../../objects/klog-line.ts';
import { imageVersion } from '../../objects/versions.ts';
import { flagOf } from '../../tools/flag-of.ts';
import { hasQuorum } from '../../world/control-plane.ts';
import { skewNotice } from '../../world/version-skew.ts';
import { commandOf } from './command-of.ts';
import { damageText } from './damaged-store.ts';
import { endProgram } from './end-program.ts';
import { flagProblem } from './flag-problem.ts';

/** From the start of the process until it does its work: milliseconds. */
const STARTUP_MS: Readonly<Record<ProgramName, readonly [low: Millis, high: Millis]>> = {
  etcd: [900, 1500],
  'kube-apiserver': [3 * SECOND, 5 * SECOND],
  'kube-controller-manager': [1200, 2000],
  'kube-scheduler': [1000, 1800],
};

/** A program reads its flags before anything else. */
const FLAGS_MS = 60;

/** So long an API server tries to reach its etcd before it gives up. apiserver: storage/storagebackend. */
const ETCD_MS = 20 * SECOND;

/** A program begins: it reads its flags, finds whom it needs, and does its work; or ends, having said why. */
export function* start(view: View, program: ProgramName, container: ContainerRow, now: Millis): Doing<void> {
  const { startedAt = now, node } = container;
  const args = commandOf(view, container);
  const problem = now >= startedAt + FLAGS_MS ? flagProblem(view, program, container) : undefined;
  if (problem !== undefined) {
    const { text, isLogged } = problem;
    const logged = { epochMs: view.settings.epochMs + now, text: `"command failed" err=${quoteGo(text)}` };
    const says = isLogged ? klogLine('E', 'run.go:72', logged) : text;
    yield* endProgram(view, container, { now, says: `${says}\n` });
    return;
  }
  if (now < readyAt(view, program, container)) return;
  if (program === 'kube-apiserver' && !findsStore(view, container)) {
    if (now < startedAt + ETCD_MS) return;
    yield* endProgram(view, container, { now, says: withoutStore(view, args, now) });
    return;
  }
  const damage = program === 'etcd' ? damageText(view, container, now) : undefined;
  if (damage !== undefined) {
    yield* endProgram(view, container, { now, says: damage });
    return;
  }
  yield { type: 'ProgramStarted', program, node, container: container.id, args };
  const version = imageVersion(container.specImage);
  if (version === undefined || program === 'etcd' || program === 'kube-apiserver') return;
  const notice = skewNotice(view.rows, view.settings, { who: `${program} of ${node}`, program, version });
  if (notice) yield notice;
}

/** apiserver: its client of etcd, and pkg/controlplane/instance.go. */
function withoutStore({ settings }: View, args: readonly string[], now: Millis): string {
  const epochMs = settings.epochMs + now;
  const server = (flagOf(args, 'etcd-servers') ?? '').split(',')[0]?.replace(/^https?:\/\//, '') ?? '';
  const refused = `dial tcp ${server}: connect: connection refused`;
  const error = `connection error: desc = "transport: Error while dialing: ${refused}"`;
  const address = `{Addr: "${server}", ServerName: "${server}", }`;
  const tries = `grpc: addrConn.createTransport failed to connect to ${address}. Err: ${error}`;
  const text = 'Error creating leases: error creating storage factory: context deadline exceeded';
  const warning = klogLine('W', 'logging.go:55', {
    epochMs,
    text: `[core] [Channel #1 SubChannel #2]${tries}`,
  });
  return `${warning}\n${klogLine('F', 'instance.go:233', { epochMs, text })}\n`;
}

export function startWake(view: View, program: ProgramName, container: ContainerRow): Millis {
  const { startedAt = 0 } = container;
  if (flagProblem(view, program, container) !== undefined) return startedAt + FLAGS_MS;
  const ready = readyAt(view, program, container);
  if (program !== 'kube-apiserver' || findsStore(view, container)) return ready;
  return Math.max(ready, startedAt + ETCD_MS);
}

function readyAt({ chance }: View, program: ProgramName, { id, startedAt = 0 }: ContainerRow): Millis {
  const [low, high] = STARTUP_MS[program];
  return startedAt + drawWhole(chance, low, high, 'program start', id);
}

/** Whether etcd decides, and the API server was told where it is. */
function findsStore(view: View, container: ContainerRow): boolean {
  const { rows, settings } = view;
  const addresses = ['127.0.0.1', 'localhost', ...rows.rowsBy('machines', 'all', '').map(({ ip }) => ip)];
  const servers = (flagOf(commandOf(view, container), 'etcd-servers') ?? '').split(',');
  const isThere = servers.some((url) => addresses.some((ip) => url === `https://${ip}:2379`));
  return isThere && hasQuorum(rows, settings);
}
