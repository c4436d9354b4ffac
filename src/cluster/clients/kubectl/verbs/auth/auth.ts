import type { SelfSubjectReview } from '../../../../objects/kubernetes.ts';
import { inVersion, type Since } from '../../../../objects/versions.ts';
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

const VERSION: Since<string> = [
  [0, 'v1alpha1'],
  [27, 'v1beta1'],
  [28, 'v1'],
];

/** A question to the API server, which alone knows. */
function* sayWho(invocation: Invocation): Steps {
  const { out, version } = invocation;
  const { object } = yield* demand(invocation, {
    verb: 'create',
    resource: 'selfsubjectreviews.authentication.k8s.io',
    object: {
      apiVersion: `authentication.k8s.io/${inVersion(VERSION, version)}`,
      kind: 'SelfSubjectReview',
      metadata: {},
    } as SelfSubjectReview,
  });
  const { username: name = '', groups = [] } = (object as SelfSubjectReview).status?.userInfo ?? {};
  const format = readOutputFormat(invocation);
  const review = {
    apiVersion: `authentication.k8s.io/${inVersion(VERSION, version)}`,
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
