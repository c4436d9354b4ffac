import { cluster } from 'kubereel/vitest';
import { expect, test } from 'vitest';
import { images } from '../images.ts';

test('a drain never ends where the budget of the orders allows for no disruption', () => {
  const shop = cluster({ nodes: 3, images, manifests: 'manifests' });
  expect(shop).toConverge();
  const node = shop.get('Pod', 'orders-0')?.spec?.nodeName;

  const drained = shop.run(`kubectl drain ${node} --ignore-daemonsets --timeout=2m`, { exitCode: 1 });

  expect(drained.stderr).toContain("Cannot evict pod as it would violate the pod's disruption budget");
  expect(shop).toMatchResource({
    kind: 'PodDisruptionBudget',
    metadata: { name: 'orders' },
    status: { disruptionsAllowed: 0 },
  });

  // What if the budget had allowed for one?
  const other = shop.at('step:2').fork();
  other.run('kubectl patch pdb orders --type=merge -p \'{"spec":{"minAvailable":1}}\'');
  other.run(`kubectl drain ${node} --ignore-daemonsets --timeout=2m`);
  expect(other).toConverge();
  expect(other.get('Pod', 'orders-0')?.spec?.nodeName).not.toBe(node);
});

test('a dead machine takes customers until its pods are known to be gone, and the orders with it', () => {
  const shop = cluster({ nodes: 3, images, manifests: ['manifests', 'careful'] });
  expect(shop).toConverge();
  const customers = shop.traffic({ to: 'http://storefront/', rate: 5 });
  const node = shop.get('Pod', 'orders-0')?.spec?.nodeName ?? '';

  shop.fault({ stop: 'machine', node });
  expect(shop).toHaveEvent(
    { reason: 'NodeNotReady', object: { kind: 'Node', name: node } },
    { within: '2m' },
  );
  const lost = customers.figures().lost;
  expect(lost).toBeGreaterThan(0);

  // Requests that were under way may still be lost; of a set, nobody makes a second one while the first may
  // live.
  shop.advance('6m');
  expect(customers.figures().lost - lost).toBeLessThan(10);
  expect(shop).not.toHaveReady('statefulset/orders');
  expect(shop.why('statefulset/orders').text).toContain('taint-eviction-controller');
});
