import type { Entry } from '../../kernel/log/entry.ts';
import type { Tables } from '../../kernel/table/store.ts';
import type { BalancerEvent } from '../contract/balancer-rows.ts';
import type { Event } from '../contract/event.ts';
import { rowAfter } from './row-delta.ts';
import type { WorldRows } from './world.ts';

export function isBalancerEvent(event: Event): event is BalancerEvent {
  return 'balancer' in event;
}

/** The load balancers outside of the cluster, after one fact. */
export function evolveBalancer(
  { balancers }: Tables<WorldRows>,
  event: BalancerEvent,
  { seq }: Entry<Event>,
): void {
  const { balancer } = event;
  switch (event.type) {
    case 'BalancerOrdered':
      balancers.write(balancer, event.row, seq);
      return;
    case 'BalancerMoved': {
      const row = balancers.read(balancer, seq);
      balancers.write(balancer, row && rowAfter(row, event), seq);
      return;
    }
    case 'BalancerRemoved':
      balancers.write(balancer, undefined, seq);
  }
}
