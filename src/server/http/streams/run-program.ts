import { randomUUID } from 'node:crypto';
import { whyNotRun } from '../../../cluster/clients/kubectl/verbs/exec.ts';
import type { ContainerRow, ExecRow } from '../../../cluster/contract/machine-rows.ts';
import type { LiveCluster } from '../../live/live-cluster.ts';
import { serverNow } from '../handle-call.ts';
import type { Channels, Ends } from './channels.ts';
import { connectClient } from './connect-client.ts';
import type { Give } from './terminal.ts';

export interface Running {
  readonly live: LiveCluster;
  readonly client: string;
  readonly ends: Ends;
  /** Something was sent of what has happened. */
  readonly told: () => void;
  /** The API server translates between a websocket and SPDY, and wraps errors once more (since 1.30). */
  readonly isTranslated: boolean;
}

/** The last word of what ended well. */
export const SUCCESS = { metadata: {}, status: 'Success' };

/** Runs a program in a container for a client, until it ends or the client goes. */
export async function runProgram(
  { live, client, ends, told, isTranslated }: Running,
  { row, argv }: { readonly row: ContainerRow; readonly argv: readonly string[] },
  channels: Channels,
): Promise<void> {
  const { node, pod, id: container } = row;
  const exec = `client/${randomUUID()}`;
  const place = { node, pod, exec };
  const hasInput = ends.stdin ? { hasInput: true as const } : {};
  await live.tell({
    client,
    facts: [{ type: 'ExecRequested', ...place, container, argv, ...hasInput }],
  });
  const sent = { stdout: 0, stderr: 0 };
  const give = giving(live, { client, place });
  await connectClient(live, channels, {
    isTerminal: ends.tty,
    give,
    look() {
      const now = rowNow(live, exec);
      if (!now) return { runs: false };
      if (send(now, { sent, channels, isTerminal: ends.tty })) told();
      if (now.exitCode === undefined) return { runs: true, process: now };
      return { runs: false, status: statusOf(now, live, isTranslated) };
    },
    left(rest) {
      // What has been sent is still read, as by a program whose terminal is none that can hang up.
      if (ends.stdin && !ends.tty) give(rest, true);
    },
  });
  if (ends.stdin && !ends.tty) await untilOver(live, exec);
  if (rowNow(live, exec)) await live.tell({ client, facts: [{ type: 'ExecForgotten', ...place }] });
}

interface GivingTo {
  readonly client: string;
  readonly place: { readonly node: string; readonly pod: string; readonly exec: string };
}

/** Hands on what a client sends to its program, for as long as that runs. */
function giving(live: LiveCluster, { client, place }: GivingTo): Give {
  return (text, ended) => {
    if (rowNow(live, place.exec)?.exitCode !== undefined || (text === '' && !ended)) return;
    const over = ended ? { ended: true as const } : {};
    void live.tell({ client, facts: [{ type: 'ExecInputGiven', ...place, text, ...over }] });
  };
}

/** A program whose input has ended comes to its end by itself, whoever has gone. */
async function untilOver(live: LiveCluster, exec: string): Promise<void> {
  const isOver = (): boolean => {
    const row = rowNow(live, exec);
    return !row || row.exitCode !== undefined;
  };
  if (isOver()) return;
  await new Promise<void>((resolve) => {
    const stop = live.subscribe(() => {
      if (!isOver()) return;
      stop();
      resolve();
    });
  });
}

function rowNow(live: LiveCluster, exec: string): ExecRow | undefined {
  const { store, seq } = live.world();
  return store.tables.execs.read(exec, seq);
}

interface Sending {
  readonly sent: { stdout: number; stderr: number };
  readonly channels: Channels;
  readonly isTerminal: boolean;
}

/**
 * Sends what has come since; whether there was any. A terminal has one output, and ends lines with both
 * signs.
 */
function send({ stdout, stderr }: ExecRow, { sent, channels, isTerminal }: Sending): boolean {
  const fresh = { stdout: stdout.slice(sent.stdout), stderr: stderr.slice(sent.stderr) };
  sent.stdout = stdout.length;
  sent.stderr = stderr.length;
  const shown = (text: string): string => (isTerminal ? text.replace(/\r?\n/g, '\r\n') : text);
  if (fresh.stdout !== '') channels.stdout(shown(fresh.stdout));
  if (fresh.stderr !== '') (isTerminal ? channels.stdout : channels.stderr)(shown(fresh.stderr));
  return fresh.stdout !== '' || fresh.stderr !== '';
}

/** The last word of a program (kubelet: remotecommand/exec.go). */
function statusOf({ id, exitCode = 0, failure }: ExecRow, live: LiveCluster, isTranslated: boolean): object {
  if (failure !== undefined) {
    const server = serverNow({ live });
    const why = server ? whyNotRun(server.view, id, failure) : failure;
    const twice = isTranslated ? 'Internal error occurred: ' : '';
    const message = `Internal error occurred: ${twice}${why}`;
    return { metadata: {}, status: 'Failure', message, reason: 'InternalError', code: 500 };
  }
  if (exitCode === 0) return SUCCESS;
  return {
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: exit status ${exitCode}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(exitCode) }] },
  };
}
