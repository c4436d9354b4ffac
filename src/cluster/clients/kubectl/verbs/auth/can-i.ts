import { listResources, type Resource, resourceOf } from '../../../../objects/schema/resources.ts';
import { fail } from '../../failure.ts';
import { ALL_NAMESPACES_FLAG } from '../../flags/common-flags.ts';
import { bool, text } from '../../flags/flag.ts';
import { DONE, type Invocation } from '../../invocation.ts';
import { alignColumns, TABLE_ALIGNMENT } from '../../print/table/align-columns.ts';
import type { Verb } from '../../verb.ts';

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

/** Whoever types is the administrator, so every answer is yes; what is odd about the question is said. */
export const canI: Verb = {
  name: 'can-i',
  flags: [ALL_NAMESPACES_FLAG, bool('q,quiet'), text('subresource'), bool('list'), bool('no-headers')],
  run(invocation) {
    const { args, flags } = invocation;
    if (flags.bool('list')) return listRules(invocation);
    const [verb, target] = args;
    if (verb === undefined || target === undefined || args.length > 2) {
      fail(
        'you must specify two arguments: verb resource or verb resource/resourceName.\n' +
          "See 'kubectl auth can-i -h' for help and examples.",
      );
    } else if (target.startsWith('/')) checkUrl(invocation, verb);
    else checkResource(invocation, verb, target);
    if (flags.bool('no-headers')) fail('--no-headers cannot be set without --list specified');
    if (!flags.bool('quiet')) invocation.out('yes\n');
    return DONE;
  },
};

/** An empty line follows (kubectl: WarningPrinter ends the line that ends already). */
function warn({ err }: Invocation, text: string): void {
  err(`Warning: ${text}\n\n`);
}

function checkUrl(invocation: Invocation, verb: string): void {
  if (invocation.flags.text('subresource') !== '') fail('--subresource can not be used with NonResourceURL');
  if (!URL_VERBS.includes(verb)) warn(invocation, `verb '${verb}' is not a known verb`);
}

function checkResource(invocation: Invocation, verb: string, target: string): void {
  const [word = ''] = target.split('/', 1);
  const resource = word === '*' ? undefined : resourceOf(word);
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

/** What everybody may read (Kubernetes: bootstrappolicy system:discovery, system:public-info-viewer). */
const OPEN_URLS = [
  '/api/*',
  '/api',
  '/apis/*',
  '/apis',
  '/healthz',
  '/healthz',
  '/livez',
  '/livez',
  '/openapi/*',
  '/openapi',
  '/readyz',
  '/readyz',
  '/version/',
  '/version/',
  '/version',
  '/version',
];

function listRules(invocation: Invocation) {
  const { args, flags, version, out } = invocation;
  if (args.length > 0) fail('list option must be specified with no arguments');
  if (flags.bool('quiet') || flags.bool('all-namespaces') || flags.text('subresource') !== '') {
    fail("list option can't be specified with neither quiet, all-namespaces nor subresource options");
  }
  const reviews = ['selfsubjectreviews', 'selfsubjectaccessreviews', 'selfsubjectrulesreviews']
    .filter((plural) => plural !== 'selfsubjectreviews' || version.minor >= 28)
    .flatMap((plural) => listResources().find((resource) => resource.plural === plural)?.name ?? []);
  const rows = [
    ['*.*', '[]', '[]', '[*]'],
    ['', '[*]', '[]', '[*]'],
    ...reviews.map((name) => [name, '[]', '[]', '[create]']),
    ...OPEN_URLS.map((url) => ['', `[${url}]`, '[]', '[get]']),
  ];
  const head = ['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs'];
  const lines = flags.bool('no-headers') ? rows : [head, ...rows];
  out(alignColumns(`${lines.map((cells) => cells.join('\t')).join('\n')}\n`, TABLE_ALIGNMENT).text);
  return DONE;
}
