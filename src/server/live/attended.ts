import type { Request } from '../../cluster/contract/request.ts';
import { type Clock, type ClockOptions, createClock } from './clock.ts';
import type { Asker, LiveCluster } from './live-cluster.ts';

/** A live cluster whose clock knows of all who ask. */
export interface Attended {
  readonly live: LiveCluster;
  readonly clock: Clock;
}

export function attend(live: LiveCluster, options: ClockOptions): Attended {
  const clock = createClock(live, options);
  const writing = <Asking extends Asker, Answer>(ask: (asking: Asking) => Promise<Answer>) =>
    async function asked(asking: Asking): Promise<Answer> {
      clock.asked(asking.client, '', true);
      return await ask(asking);
    };
  return {
    clock,
    live: {
      ...live,
      tell: writing(live.tell),
      suffer: writing(live.suffer),
      type: writing(live.type),
      async ask(asked) {
        const { client, request } = asked;
        const isRead = request.verb === 'get' || request.verb === 'list';
        clock.asked(client, questionOf(request), !isRead);
        return await live.ask(asked);
      },
    },
  };
}

/** The same for whoever asks the same. */
function questionOf(request: Request): string {
  const { verb, resource, namespace = '', subresource = '' } = request;
  const name = 'name' in request ? request.name : 'object' in request ? request.object.metadata.name : '';
  return [verb, resource, namespace, name, subresource].join(' ');
}
