import type { HttpRequest, NetworkAnswer } from '../../cluster/contract/network-request.ts';
import { unreachable } from '../../cluster/wire/proxy-target.ts';
import { refusalAnswer, type WireAnswer } from '../../cluster/wire/wire-answer.ts';
import type { LiveCluster } from '../live/live-cluster.ts';
import { askNetwork } from './streams/ask-network.ts';

interface Passing {
  readonly live: LiveCluster;
  readonly client: string;
  readonly signal: AbortSignal;
}

interface Passed {
  readonly node: string;
  readonly request: HttpRequest;
  readonly isPretty: boolean;
}

/** What comes back to a request that the API server passes on to something in the cluster. */
export async function passedAnswer(
  { live, client, signal }: Passing,
  { node, request, isPretty }: Passed,
): Promise<WireAnswer> {
  const answer = await askNetwork({ live, client, node, signal }, request);
  if (answer?.kind === 'http') {
    const { status, headers, body } = answer;
    return { code: status, headers: ofAnswer(headers), body };
  }
  return refusalAnswer(unreachable(whyNot(answer, `${request.host}:${request.port}`)), isPretty);
}

/** What is said of the body as it was sent does not hold of the body as it is passed on. */
function ofAnswer(headers: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.entries(headers).filter(
    ([name]) => !/^(?:content-length|transfer-encoding|connection|keep-alive|content-encoding)$/i.test(name),
  );
  return Object.fromEntries(kept.map(([name, value]) => [name.toLowerCase(), value.replace(/[\r\n]/g, ' ')]));
}

function whyNot(answer: NetworkAnswer | undefined, address: string): string {
  switch (answer?.kind) {
    case 'refused':
      return `dial tcp ${address}: connect: connection refused`;
    case 'unreachable':
      return `dial tcp ${address}: connect: no route to host`;
    case 'timedOut':
      return `dial tcp ${address}: i/o timeout`;
    case 'connected':
      return 'malformed HTTP response';
    default:
      return 'EOF';
  }
}
