import fc from 'fast-check';
import type { JsonObject } from '../../../../src/cluster/objects/json.ts';

const word = fc.constantFrom('a', 'b', 'c', 'd');
const words = fc.dictionary(word, word, { maxKeys: 3 });

const env = fc.uniqueArray(fc.record({ name: word, value: word }), {
  selector: ({ name }) => name,
  maxLength: 3,
});

const container = fc.record(
  {
    name: word,
    image: word,
    command: fc.array(word, { minLength: 1, maxLength: 3 }),
    env,
    resources: fc.record({ limits: words }),
  },
  { requiredKeys: ['name', 'image'] },
);

const source = fc.oneof(
  fc.record({ emptyDir: fc.constant({}) }),
  fc.record({ configMap: fc.record({ name: word }) }),
  fc.record({ secret: fc.record({ secretName: word }) }),
);

const volume = fc.tuple(word, source).map(([name, rest]) => ({ name, ...rest }));

/** Pods with everything that a patch treats in its own way: merged, replaced, united, ordered lists. */
export const arbitraryPod: fc.Arbitrary<JsonObject> = fc
  .record(
    {
      containers: fc.uniqueArray(container, { selector: ({ name }) => name, maxLength: 4 }),
      volumes: fc.uniqueArray(volume, { selector: ({ name }) => name, maxLength: 3 }),
      tolerations: fc.array(fc.record({ key: word }), { minLength: 1, maxLength: 2 }),
      nodeSelector: words,
    },
    { requiredKeys: ['containers'] },
  )
  .chain((spec) =>
    fc.record({ labels: words, finalizers: fc.uniqueArray(word, { maxLength: 3 }) }).map((metadata) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', ...metadata },
      spec,
    })),
  ) as unknown as fc.Arbitrary<JsonObject>;
