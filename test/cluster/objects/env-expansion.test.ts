import { expect, test } from 'vitest';
import { expandEnvFrom } from '../../../src/cluster/objects/env-expansion.ts';

// Kubernetes: third_party/forked/golang/expansion, the same cases in other words.
test.each`
  text                    | expanded
  ${'$(A)'}               | ${'1'}
  ${'$(A)-$(B)'}          | ${'1-two'}
  ${'$(A)$(A)'}           | ${'11'}
  ${'$(EMPTY)x'}          | ${'x'}
  ${'$(MISSING)'}         | ${'$(MISSING)'}
  ${'$$(A)'}              | ${'$(A)'}
  ${'$$$(A)'}             | ${'$1'}
  ${'$$$$(A)'}            | ${'$$(A)'}
  ${'$A'}                 | ${'$A'}
  ${'$'}                  | ${'$'}
  ${'$$'}                 | ${'$'}
  ${'$('}                 | ${'$('}
  ${'$(A'}                | ${'$(A'}
  ${'$(A$(B)'}            | ${'$(A$(B)'}
  ${'echo $HOME $A'}      | ${'echo $HOME $A'}
  ${'--port=$(B):$(A)/x'} | ${'--port=two:1/x'}
`('$text expands to $expanded', ({ text, expanded }) => {
  expect(expandEnvFrom(text, { A: '1', B: 'two', EMPTY: '' })).toBe(expanded);
});
