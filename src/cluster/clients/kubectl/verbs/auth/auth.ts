import { administrator, userOf } from '../../../../contract/user.ts';
import { inVersion, type Since } from '../../../../objects/versions.ts';
import { PRINT_FLAGS } from '../../flags/common-flags.ts';
import { impersonatedBy } from '../../impersonation.ts';
import { DONE, type Invocation } from '../../invocation.ts';
import { readOutputFormat } from '../../output/output-format.ts';
import { alignColumns, TABLE_ALIGNMENT } from '../../print/table/align-columns.ts';
import type { Verb } from '../../verb.ts';
import { canI } from './can-i.ts';

export const auth: Verb = {
  name: 'auth',
  subverbs: [
    canI,
    { name: 'reconcile', instead: 'use kubectl apply' },
    { name: 'whoami', flags: PRINT_FLAGS, run: sayWho },
  ],
};

const VERSION: Since<string> = [
  [0, 'v1alpha1'],
  [27, 'v1beta1'],
  [28, 'v1'],
];

function sayWho(invocation: Invocation) {
  const { out, version, flags } = invocation;
  const as = impersonatedBy(flags);
  const { name, groups } = as === undefined ? administrator(version) : userOf(as);
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
