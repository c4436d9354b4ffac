import type { NetworkCall, NetworkReply } from '../cluster/contract/connection-row.ts';
import type { Event } from '../cluster/contract/event.ts';
import type { World } from '../cluster/world/world.ts';
import type { RequestWords } from '../words/entry-words.ts';

/** What becomes of a request that a program in a container, or a person outside, sends over the network. */
export function requestLine(event: Event, { store, seq }: World, words: RequestWords): string | undefined {
  if (!('connection' in event)) return undefined;
  const { connections } = store.tables;
  const row = connections.read(event.connection, seq) ?? connections.read(event.connection, seq - 1);
  const what = row ? callText(row.call) : event.connection;
  switch (event.type) {
    case 'RequestSent':
      return words.asks(what);
    case 'RequestRouted':
      return words.goesTo(what, `${event.target.address}:${event.target.port}`);
    case 'RequestDropped': {
      const { policies, pod, node, direction } = event.dropped;
      const [namespace = '', name] = pod.split('/');
      const whose = name === undefined ? namespace : `${namespace}/${name}`;
      return words.dropped(what, { policies, pod: whose, node, comesIn: direction === 'Ingress' });
    }
    case 'RequestAnswered':
      return words.answered(what, replyText(event.answer));
    case 'ConnectionClosed':
      return words.over(what);
    default:
      return undefined;
  }
}

/** `http web:80`, `dns web.default.svc.cluster.local`. */
function callText({ protocol, host, port, questions }: NetworkCall): string {
  const asked = questions?.[0]?.name ?? host ?? '';
  return `${protocol} ${asked}${port === undefined || questions ? '' : `:${port}`}`.trim();
}

/** The status of an answer; else what came instead of one. */
function replyText(answer: NetworkReply): string {
  const { status } = answer as { readonly status?: unknown };
  return typeof status === 'number' ? String(status) : answer.kind;
}
