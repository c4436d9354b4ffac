import type { Pod } from '../objects/kubernetes.ts';
import { textAnswer, type WireAnswer } from './wire-answer.ts';
import type { WireServer } from './wire-server.ts';

/** What the kubelet of a node answers itself (kubelet: server/server.go), as far as it is simulated. */
export function kubeletAnswer({ view }: WireServer, node: string, path: string): WireAnswer {
  const [place = ''] = path.split('?');
  switch (place.replace(/\/+$/, '')) {
    case '/healthz':
    case '/healthz/ping':
    case '/healthz/syncloop':
      return textAnswer(200, 'ok');
    case '/pods':
    case '/runningpods': {
      const items = view.objects.list<Pod>('pods').filter(({ spec }) => spec.nodeName === node);
      const body = JSON.stringify({ kind: 'PodList', apiVersion: 'v1', metadata: {}, items });
      return { code: 200, headers: { 'content-type': 'application/json' }, body };
    }
    default:
      return textAnswer(404, '404 page not found\n');
  }
}
