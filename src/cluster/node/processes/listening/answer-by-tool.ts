import { endTask } from '../machine/children.ts';
import { addPipe, consume, readable, writeTo } from '../machine/descriptors.ts';
import type { Machine } from '../machine/machine.ts';
import { schedule } from '../machine/schedule.ts';
import { spawn } from '../machine/spawn.ts';
import type { ToolTask } from '../process-state.ts';
import type { HttpdMemory } from '../tools/httpd.ts';
import type { ListenMemory } from '../tools/nc.ts';
import { parseResponse, requestText } from './http-text.ts';
import { addressOf, at, type Incoming, type Reply } from './reply.ts';
import { serveDirectory } from './serve-directory.ts';

/** What busybox' `httpd` and a listening `nc` answer. */
export function answerByTool(machine: Machine, task: ToolTask, incoming: Incoming): Reply {
  const memory = task.memory as unknown as HttpdMemory | ListenMemory | undefined;
  const address = addressOf(machine);
  if (!memory) return at({ kind: 'refused', address });
  if ('httpd' in memory) return answerByHttpd(machine, memory, incoming);
  const { request } = incoming;
  const received =
    request.protocol === 'http'
      ? requestText(request)
      : request.protocol === 'tcp'
        ? (request.text ?? '')
        : '';
  const text = memory.command ? talk(machine, task, memory.command, received) : memory.text;
  if (!memory.command) writeTo(machine, task.fds['1'] ?? 'null', received);
  if (memory.keeps) task.memory = { ...memory, text: '' } as unknown as NonNullable<ToolTask['memory']>;
  else endTask(machine.state, task.pid, { code: 0 });
  if (request.protocol !== 'http') return at({ kind: 'connected', address, text });
  const response = parseResponse(text);
  return at(response ? { kind: 'http', address, ...response } : { kind: 'reset', address });
}

function answerByHttpd(machine: Machine, { home }: HttpdMemory, { request }: Incoming): Reply {
  const address = addressOf(machine);
  if (request.protocol === 'tcp') return at({ kind: 'connected', address, text: '' });
  if (request.protocol !== 'http') return at({ kind: 'reset', address });
  const page = serveDirectory(machine, { root: home === '/' ? '' : home, index: 'index.html' }, request.path);
  const body = request.method === 'HEAD' ? '' : page.body;
  return at({ kind: 'http', address, status: page.status, headers: page.headers, body });
}

/** `nc -e`: a command whose input and output are the connection. What it says at once is the answer. */
function talk(machine: Machine, task: ToolTask, command: readonly string[], received: string): string {
  const input = addPipe(machine, received);
  const output = addPipe(machine);
  const own = task.fds;
  // The listener itself holds the reading end while its command talks.
  task.fds = { ...own, connection: output.reading };
  const fds = { '0': input.reading, '1': output.writing, '2': own['2'] ?? 'null' };
  spawn(machine, { argv: command, parent: task.pid, cwd: task.cwd, fds, env: task.env });
  schedule(machine);
  const { text } = readable(machine, output.reading);
  consume(machine, output.reading, text.length);
  task.fds = own;
  return text;
}
