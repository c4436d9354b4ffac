import { expect, test } from 'vitest';
import { diagnose } from './diagnose.ts';

interface Row {
  readonly steps: string;
  readonly codes: string;
}

const SHOP = '{ traffic: { client: shop, to: "http://web/", rate: 5 } }';

test.each`
  mistake                               | steps                                                                                    | codes
  ${'no rate'}                          | ${'{ traffic: { client: shop, to: "http://web/" } }'}                                    | ${'missing-key'}
  ${'no URL'}                           | ${'{ traffic: { client: shop, to: «"web page"», rate: 5 } }'}                            | ${'warning matches-nothing'}
  ${'a URL that is not plain HTTP'}     | ${'{ traffic: { client: shop, to: «"https://web/"», rate: 5 } }'}                        | ${'wrong-value'}
  ${'a name that nothing bears'}        | ${'{ traffic: { client: shop, to: «"http://wbe/"», rate: 5 } }'}                         | ${'warning matches-nothing'}
  ${'a node that there is not'}         | ${'{ traffic: { client: shop, to: "http://web/", rate: 5, from: { node: «node-9» } } }'} | ${'warning matches-nothing'}
  ${'a source that is none'}            | ${'{ traffic: { client: shop, to: "http://web/", rate: 5, from: «elsewhere» } }'}        | ${'wrong-value'}
  ${'a misspelt key'}                   | ${'{ traffic: { client: shop, to: "http://web/", rate: 5, «tiemout»: 1s } }'}            | ${'unknown-key'}
  ${'no requests at all'}               | ${'{ traffic: { client: shop, to: "http://web/", rate: «0» } }'}                         | ${'wrong-value'}
  ${'a client that asks already'}       | ${`${SHOP}, { traffic: { client: «shop», to: "http://web/", rate: 5 } }`}                | ${'conflicting-keys'}
  ${'a stop of nobody'}                 | ${`${SHOP}, { traffic: { client: «shpo», stop: true } }`}                                | ${'matches-nothing'}
  ${'a stop that starts'}               | ${`${SHOP}, { traffic: { client: shop, stop: true, «rate»: 5 } }`}                       | ${'conflicting-keys'}
  ${'a command in the same step'}       | ${'{ «run»: kubectl get pods, traffic: { client: shop, to: "http://web/", rate: 5 } }'}  | ${'conflicting-keys'}
  ${'an expectation of nobody'}         | ${`${SHOP}, { expect: { traffic: { client: «shpo», lost: 0 } } }`}                       | ${'matches-nothing'}
  ${'an expectation of anything'}       | ${`${SHOP}, { expect: { traffic: «{ client: shop }» } }`}                                | ${'empty-step'}
  ${'an expectation without a client'}  | ${'{ run: kubectl get pods }, { expect: { «traffic»: { lost: 0 } } }'}                   | ${'missing-key'}
  ${'a class of statuses that is none'} | ${`${SHOP}, { expect: { traffic: { status: { «500»: 0 } } } }`}                          | ${'unknown-key'}
`('$mistake is said where it stands', ({ steps, codes }: Row) => {
  const body = `steps: [{ run: kubectl apply -f web.yaml }, ${steps}]\n`;
  const { said, marked } = diagnose(body, codes.match(/(?:warning )?\S+/g) ?? []);
  if (body.includes('«')) expect(said).toEqual(marked);
  else expect(said.map((each) => each.split(' ')[0])).toEqual(codes.split(' '));
});

test('what has been stopped may start again, and captured names are no mistake', () => {
  const stop = '{ traffic: { client: shop, stop: true } }';
  const again = `{ traffic: { client: shop, to: "http://\${ip}/", rate: 5, for: 2s } }`;
  const capture = '{ run: kubectl get pods, capture: { ip: { line: "/.+/" } } }';
  const body = `steps: [${SHOP}, ${stop}, ${capture}, ${again}, { expect: { traffic: { lost: 0 } } }]\n`;
  expect(diagnose(body.replace('[', '[{ run: kubectl apply -f web.yaml }, '), []).said).toEqual([]);
});
