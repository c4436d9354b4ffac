import { Socket } from 'node:net';

/** A test reaches nothing but the machine it runs on: whatever it needs stands in the project. */
const loopback = new Set(['localhost', '127.0.0.1', '::1']);
const connect = Socket.prototype.connect;

function hostOf(target: unknown): string | undefined {
  if (Array.isArray(target)) return hostOf(target[0]);
  if (typeof target !== 'object' || target === null || ('path' in target && target.path)) return undefined;
  return 'host' in target ? String(target.host ?? 'localhost') : 'localhost';
}

function guarded(this: Socket, ...args: unknown[]): Socket {
  const host = typeof args[1] === 'string' ? args[1] : hostOf(args[0]);
  if (host !== undefined && !loopback.has(host))
    throw new Error(`A test wants to reach ${host}: tests have no network.`);
  return Reflect.apply(connect, this, args);
}

// Once a thread, not once more for every file that it tests.
if (connect.name !== guarded.name) Socket.prototype.connect = guarded;
