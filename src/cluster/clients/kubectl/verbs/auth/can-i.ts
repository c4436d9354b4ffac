import type { SelfSubjectAccessReview } from '../../../../objects/kubernetes.ts';
import { type Resource, resourceOf } from '../../../../objects/schema/resources.ts';
import { bool, text } from '../../../flags/flag.ts';
import { fail } from '../../failure.ts';
import { ALL_NAMESPACES_FLAG } from '../../flags/common-flags.ts';
import { DONE, demand, type Invocation, type Steps } from '../../invocation.ts';
import type { Verb } from '../../verb.ts';
import { listRules } from './list-rules.ts';

const RESOURCE_VERBS = [
  'get',
  'list',
  'watch',
  'create',
  'update',
  'patch',
  'delete',
  'deletecollection',
  'use',
  'bind',
  'impersonate',
  '*',
  'approve',
  'sign',
  'escalate',
  'attest',
];
const URL_VERBS = ['get', 'put', 'post', 'head', 'options', 'delete', 'patch', '*'];

/** Asks the API server, and says what is odd about the question. */
export const canI: Verb = {
  name: 'can-i',
  flags: [ALL_NAMESPACES_FLAG, bool('q,quiet'), text('subresource'), bool('list'), bool('no-headers')],
  run: (invocation) => (invocation.flags.bool('list') ? listRules(invocation) : ask(invocation)),
};

function* ask(invocation: Invocation): Steps {
  const { args, flags } = invocation;
  const [verb, target] = args;
  if (verb === undefined || target === undefined || args.length > 2) {
    fail(
      'you must specify two arguments: verb resource or verb resource/resourceName.\n' +
        "See 'kubectl auth can-i -h' for help and examples.",
    );
  }
  const spec = target.startsWith('/')
    ? aboutUrl(invocation, verb, target)
    : aboutResource(invocation, verb, target);
  if (flags.bool('no-headers')) fail('--no-headers cannot be set without --list specified');
  const { object } = yield* demand(invocation, {
    verb: 'create',
    resource: 'selfsubjectaccessreviews.authorization.k8s.io',
    object: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      metadata: {},
      spec,
    } as SelfSubjectAccessReview,
  });
  const { allowed = false, reason = '' } = (object as SelfSubjectAccessReview).status ?? {};
  if (!flags.bool('quiet')) invocation.out(allowed ? 'yes\n' : `no${reason && ` - ${reason}`}\n`);
  return allowed ? DONE : { exitCode: 1 };
}

/** An empty line follows (kubectl: WarningPrinter ends the line that ends already). */
function warn({ err }: Invocation, text: string): void {
  err(`Warning: ${text}\n\n`);
}

type Question = SelfSubjectAccessReview['spec'];

function aboutUrl(invocation: Invocation, verb: string, path: string): Question {
  if (invocation.flags.text('subresource') !== '') fail('--subresource can not be used with NonResourceURL');
  if (!URL_VERBS.includes(verb)) warn(invocation, `verb '${verb}' is not a known verb`);
  return { nonResourceAttributes: { verb, path } };
}

function aboutResource(invocation: Invocation, verb: string, target: string): Question {
  const { flags, namespace, resources } = invocation;
  const [word = '', name = ''] = target.split('/');
  const resource = word === '*' ? undefined : resourceOf(word, resources);
  warnOfOddities(invocation, { verb, word, resource });
  const subresource = flags.text('subresource');
  const resourceAttributes = {
    verb,
    group: resource?.group ?? '',
    resource: resource?.plural ?? word,
    ...(flags.bool('all-namespaces') ? {} : { namespace }),
    ...(name === '' ? {} : { name }),
    ...(subresource === '' ? {} : { subresource }),
  };
  return { resourceAttributes };
}

interface Asked {
  readonly verb: string;
  readonly word: string;
  readonly resource: Resource | undefined;
}

function warnOfOddities(invocation: Invocation, { verb, word, resource }: Asked): void {
  if (resource === undefined && !['*', 'users', 'groups'].includes(word)) warn(invocation, unknown(word));
  if (invocation.flags.bool('all-namespaces')) return;
  if (resource !== undefined && !resource.isNamespaced) warn(invocation, notNamespaced(resource));
  if (!RESOURCE_VERBS.includes(verb)) warn(invocation, `verb '${verb}' is not a known verb`);
}

function unknown(word: string): string {
  const dot = word.indexOf('.');
  const [name, group] = dot < 0 ? [word, ''] : [word.slice(0, dot), word.slice(dot + 1)];
  const ofGroup = group === '' ? '' : ` in group '${group.toLowerCase()}'`;
  return `the server doesn't have a resource type '${name.toLowerCase()}'${ofGroup}`;
}

function notNamespaced({ plural, group }: Resource): string {
  return `resource '${plural}' is not namespace scoped${group === '' ? '' : ` in group '${group}'`}`;
}
