import { randomBytes } from 'node:crypto';
import { type User, userOf } from '../cluster/contract/user.ts';
import type { ClockMode } from '../server/live/clock.ts';
import { BadInput } from './exit.ts';

/** How a server is wanted, as it is typed. */
export interface ListeningOptions {
  readonly port?: string;
  readonly address?: string;
  readonly user?: readonly string[];
  readonly clock?: string;
  /** A player beside it. */
  readonly play?: boolean;
}

export const ADMIN = 'kubernetes-admin';

export interface Listening {
  readonly port: number;
  readonly address: string;
  readonly mode: ClockMode;
  /** By the token that each shows. */
  readonly users: ReadonlyMap<string, User>;
  /** The administrator's, made for this run. */
  readonly token: string;
}

const DEFAULT_PORT = 6443;

/** What is wrong with it is thrown as BadInput. */
export function readListening({
  port = String(DEFAULT_PORT),
  address = '127.0.0.1',
  user = [],
  play = false,
  clock = play ? 'manual' : 'idle',
}: ListeningOptions): Listening {
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new BadInput(({ serve }) => serve.portForm(port));
  const token = randomBytes(24).toString('base64url');
  const users = new Map<string, User>([
    [token, userOf({ name: ADMIN, groups: ['system:masters'] })],
    ...user.map(userIn),
  ]);
  return { port: Number(port), address, mode: clockIn(clock), users, token };
}

/** `NAME=TOKEN`, `NAME=TOKEN:GROUP,GROUP`. */
function userIn(text: string): readonly [token: string, user: User] {
  const [, name, token, groups] = /^([^=]+)=([^:\s]+)(?::(.+))?$/.exec(text) ?? [];
  if (name === undefined || token === undefined) throw new BadInput(({ serve }) => serve.userForm(text));
  return [token, userOf({ name, ...(groups !== undefined && { groups: groups.split(',') }) })];
}

/** `real`, `real=10`, `idle`, `manual`. */
function clockIn(text: string): ClockMode {
  if (text === 'idle' || text === 'manual') return { clock: text };
  const [found, factor = '1'] = /^real(?:[=*](\d{1,4}(?:\.\d{1,3})?))?$/.exec(text) ?? [];
  if (found === undefined || Number(factor) === 0) throw new BadInput(({ serve }) => serve.clockForm(text));
  return { clock: 'real', factor: Number(factor) };
}

/** Whether only this machine can come to it. */
export function isLoopback(address: string): boolean {
  return /^(?:127(?:\.\d{1,3}){3}|::1|localhost)$/.test(address);
}
