import { cluster, seeds } from 'kubereel/vitest';
import { describe, expect, test } from 'vitest';
import { images } from '../images.ts';

const NEXT = 'kubectl set image deployment/storefront storefront=registry.example/shop/storefront:1.1';

describe('a rollout of the storefront', () => {
  test('loses requests: nothing says when a new pod listens', () => {
    const shop = cluster({ nodes: 3, images, manifests: 'manifests' });
    expect(shop).toConverge();
    const customers = shop.traffic({ to: 'http://storefront/', rate: 20 });

    shop.run(NEXT);
    expect(shop).toConverge();
    shop.advance('5s');

    expect(customers).not.toLoseNoRequests();
    expect(customers.figures().refused).toBeGreaterThan(20);
    // And yet Kubernetes says that all went well.
    expect(shop.run('kubectl rollout status deployment/storefront').stdout).toContain(
      'successfully rolled out',
    );
  });

  test.each(seeds(3))('loses none with a readiness probe and a preStop hook (seed %s)', (seed) => {
    const shop = cluster({ nodes: 3, seed, images, manifests: ['manifests', 'careful'] });
    expect(shop).toConverge();
    const customers = shop.traffic({ to: 'http://storefront/', rate: 20 });

    shop.run(NEXT);
    expect(shop).toConverge();
    shop.advance('5s');

    expect(customers).toLoseNoRequests();
    expect(shop).toStayWithin({
      resource: {
        kind: 'Deployment',
        metadata: { name: 'storefront' },
        status: { availableReplicas: { gte: 3 } },
      },
    });
  });
});
