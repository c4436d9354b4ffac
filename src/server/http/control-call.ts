import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Refused } from '../../cluster/contract/response.ts';
import { whoAsks } from '../../cluster/wire/access.ts';
import { type HttpCall, headerOf } from '../../cluster/wire/http-call.ts';
import { forbiddenControl } from '../../cluster/wire/wire-refusal.ts';
import { jsonText } from '../../report/json-text.ts';
import { type ControlAnswer, refused } from '../control/control-answer.ts';
import { CONTROL_PATH, type ControlRequest } from '../control/handle-control.ts';
import type { LiveCluster } from '../live/live-cluster.ts';
import { clientOf, type Handling, serverNow } from './handle-call.ts';
import { COMMON, sendAnswer } from './send-answer.ts';

const OWNERS: ReadonlySet<string> = new Set(['system:masters', 'kubeadm:cluster-admins']);

/** Why somebody may not control a cluster, whether its API server runs or not. */
export function refuseControl(
  live: LiveCluster,
  call: HttpCall,
  users: Handling['users'],
): Refused | undefined {
  const server = serverNow({ live });
  if (!server) return undefined;
  const asking = whoAsks(server, call, users);
  if (!asking.ok) return asking;
  const { user, as } = asking.value;
  const isOwner = as === undefined && user.groups.some((group) => OWNERS.has(group));
  return isOwner ? undefined : forbiddenControl(as?.name ?? user.name);
}

/** A request of HTTP as the control API reads it; the answer to one that is no JSON. */
export function controlRequest(call: HttpCall): ControlRequest | { readonly problem: ControlAnswer } {
  const { method, path, query, body } = call;
  const asked = {
    method,
    path: path.slice(CONTROL_PATH.length),
    query: new URLSearchParams(query),
    client: clientOf(call),
    lastEventId: headerOf(call, 'last-event-id') || undefined,
  };
  if (body.trim() === '') return { ...asked, body: undefined };
  try {
    return { ...asked, body: JSON.parse(body) as unknown };
  } catch {
    return { problem: refused(400, 'the body is no JSON') };
  }
}

export async function sendControl(
  request: IncomingMessage,
  response: ServerResponse,
  answer: ControlAnswer,
): Promise<void> {
  if ('json' in answer) {
    const headers = { 'content-type': 'application/json' };
    sendAnswer(request, response, { code: answer.status, headers, body: `${jsonText(answer.json)}\n` });
    return;
  }
  response.writeHead(200, { ...COMMON, 'content-type': answer.type });
  if ('stream' in answer) {
    response.flushHeaders();
    response.on(
      'close',
      answer.stream((text) => response.write(text)),
    );
    return;
  }
  for (const part of answer.parts) {
    // A long log goes no faster than it is read.
    if (!response.write(part)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    if (response.destroyed) return;
  }
  response.end();
}
