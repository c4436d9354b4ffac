import { expect, test } from 'vitest';
import { type AccessAsked, authorizerFor } from '../../../../src/cluster/objects/cel/authorizer.ts';
import { evaluate } from '../../../../src/cluster/objects/cel/evaluate.ts';

/** What is asked is answered with itself: only what is to be got is allowed. */
function told(expression: string): unknown {
  const asked: AccessAsked[] = [];
  const ask = (question: AccessAsked) => {
    asked.push(question);
    return { isAllowed: question.verb === 'get', reason: `to ${question.verb}` };
  };
  const request = { group: 'apps', resource: 'deployments', namespace: 'shop', name: 'web' };
  const result = evaluate(expression, { authorizer: authorizerFor(ask, request) });
  return [result.ok ? result.value : result.why, ...asked];
}

test.each([
  [
    "authorizer.group('').resource('pods').namespace('default').check('get').allowed()",
    [true, { group: '', resource: 'pods', namespace: 'default', verb: 'get' }],
  ],
  [
    "authorizer.group('apps').resource('deployments').subresource('scale').name('web').check('update').allowed()",
    [false, { group: 'apps', resource: 'deployments', subresource: 'scale', name: 'web', verb: 'update' }],
  ],
  ["authorizer.path('/healthz').check('get').allowed()", [true, { path: '/healthz', verb: 'get' }]],
  [
    "authorizer.serviceAccount('default', 'robot').group('').resource('secrets').check('list').reason()",
    [
      'to list',
      { account: { namespace: 'default', name: 'robot' }, group: '', resource: 'secrets', verb: 'list' },
    ],
  ],
  [
    "authorizer.requestResource.check('get').allowed()",
    [true, { group: 'apps', resource: 'deployments', namespace: 'shop', name: 'web', verb: 'get' }],
  ],
  ["authorizer.path('/x').check('get').errored()", [false, { path: '/x', verb: 'get' }]],
])('%s', (expression, answer) => {
  expect(told(expression)).toEqual(answer);
});
