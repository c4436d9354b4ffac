import { quoteGo } from '../../../../objects/go-json.ts';
import type { SelfSubjectReview } from '../../../../objects/kubernetes.ts';
import { fail, failUsage } from '../../failure.ts';
import { PRINT_FLAGS } from '../../flags/common-flags.ts';
import { DONE, demand, type Invocation, type Steps } from '../../invocation.ts';
import { readOutputFormat } from '../../output/output-format.ts';
import { alignColumns, TABLE_ALIGNMENT } from '../../print/table/align-columns.ts';
import type { Verb } from '../../verb.ts';
import { canI } from './can-i.ts';
import { reconcile } from './reconcile.ts';

export const auth: Verb = {
  name: 'auth',
  subverbs: [canI, reconcile, { name: 'whoami', flags: PRINT_FLAGS, run: sayWho }],
};

/** Until 1.28 API servers have it only when they are told to (kubectl: whoami.go). */
const NOT_ENABLED =
  'the selfsubjectreviews API is not enabled in the cluster\n' +
  'enable APISelfSubjectReview feature gate and authentication.k8s.io/v1alpha1 or authentication.k8s.io/v1beta1 API';
const API_VERSION = 'authentication.k8s.io/v1';

/** A question to the API server, which alone knows. */
function* sayWho(invocation: Invocation): Steps {
  const { out, version, args } = invocation;
  if (version.minor < 27)
    failUsage('kubectl auth', `unknown command ${quoteGo(['whoami', ...args].join(' '))}`);
  if (version.minor < 28) fail(NOT_ENABLED);
  const { object } = yield* demand(invocation, {
    verb: 'create',
    resource: 'selfsubjectreviews.authentication.k8s.io',
    object: {
      apiVersion: API_VERSION,
      kind: 'SelfSubjectReview',
      metadata: {},
    } as SelfSubjectReview,
  });
  const { username: name = '', groups = [] } = (object as SelfSubjectReview).status?.userInfo ?? {};
  const format = readOutputFormat(invocation);
  const review = {
    apiVersion: API_VERSION,
    kind: 'SelfSubjectReview',
    metadata: { creationTimestamp: null },
    status: { userInfo: { groups: [...groups], username: name } },
  };
  switch (format.type) {
    case 'human': {
      const table = `ATTRIBUTE\tVALUE\nUsername\t${name}\nGroups\t[${groups.join(' ')}]\n`;
      out(alignColumns(table, TABLE_ALIGNMENT).text);
      break;
    }
    case 'name':
      out('selfsubjectreview.authentication.k8s.io/\n');
      break;
    case 'object':
      out(format.print(review));
      break;
    case 'columns':
      out(format.print([review], false));
  }
  return DONE;
}
