import { compareText } from '../../../../objects/json.ts';
import type { KubeObject } from '../../../../objects/kube-object.ts';
import type { RoleBinding, Subject } from '../../../../objects/kubernetes.ts';
import { array } from '../../../flags/flag.ts';
import { fail } from '../../failure.ts';
import type { Invocation, Steps } from '../../invocation.ts';
import type { Verb } from '../../verb.ts';
import { changeTemplates, SET_FLAGS, subjectOfProblem } from './change-templates.ts';

const FLAGS = [
  ...SET_FLAGS.filter(({ name }) => name !== 'record'),
  array('user'),
  array('group'),
  array('serviceaccount'),
];

export const setSubject: Verb = { name: 'subject', flags: FLAGS, run: setSubjects };

const RBAC = 'rbac.authorization.k8s.io';

function* setSubjects(invocation: Invocation): Steps {
  const subjects = subjectsOf(invocation);
  return yield* changeTemplates(invocation, {
    resources: invocation.args,
    flags: FLAGS,
    operation: 'subjects updated',
    failure: 'failed to patch subjects to rolebinding: ',
    check(objects) {
      if (subjects.length === 0) fail('you must specify at least one value of user, group or serviceaccount');
      checkAccounts(invocation, objects);
    },
    change(object, problems) {
      if (object.kind === 'RoleBinding' || object.kind === 'ClusterRoleBinding')
        return withSubjects(object as RoleBinding, subjects);
      const only = 'setting subjects is only supported for RoleBinding/ClusterRoleBinding';
      problems.push(`error: ${subjectOfProblem(object)} ${only}\n`);
      return undefined;
    },
  });
}

function checkAccounts({ flags }: Invocation, objects: readonly KubeObject[]): void {
  for (const account of flags.list('serviceaccount')) {
    const [namespace = '', name = '', more] = account.split(':');
    if (name === '' || more !== undefined) fail('serviceaccount must be <namespace>:<name>');
    if (namespace === '' && objects.some(({ kind }) => kind === 'ClusterRoleBinding'))
      fail('serviceaccount must be <namespace>:<name>, namespace must be specified');
  }
}

/** Each list in the order of the names, without repetitions. */
function subjectsOf({ flags, namespace }: Invocation): readonly Subject[] {
  const sorted = (flag: string) => [...new Set(flags.list(flag))].sort(compareText);
  return [
    ...sorted('user').map((name) => ({ kind: 'User', apiGroup: RBAC, name })),
    ...sorted('group').map((name) => ({ kind: 'Group', apiGroup: RBAC, name })),
    ...sorted('serviceaccount').map((account) => {
      const [ofAccount = '', name = ''] = account.split(':');
      return { kind: 'ServiceAccount', name, namespace: ofAccount || namespace };
    }),
  ];
}

function withSubjects(binding: RoleBinding, added: readonly Subject[]): KubeObject {
  const { subjects = [] } = binding;
  const fresh = added.filter((subject) => !subjects.some((known) => isSame(known, subject)));
  const changed: RoleBinding = { ...binding, subjects: [...subjects, ...fresh] };
  return changed;
}

function isSame(a: Subject, b: Subject): boolean {
  return (
    a.kind === b.kind &&
    a.name === b.name &&
    (a.namespace ?? '') === (b.namespace ?? '') &&
    (a.apiGroup ?? '') === (b.apiGroup ?? '')
  );
}
