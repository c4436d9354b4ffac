import { quoteGo } from '../../../objects/go-json.ts';
import type { Json } from '../../../objects/json.ts';
import type { Outcome } from '../../program.ts';
import { fail } from '../failure.ts';
import { PRINT_FLAGS } from '../flags/common-flags.ts';
import { bool, refused, text } from '../flags/flag.ts';
import { DONE, type Invocation } from '../invocation.ts';
import { readOutputFormat } from '../output/output-format.ts';
import { alignColumns, TABLE_ALIGNMENT } from '../print/table/align-columns.ts';
import { serverAddress } from '../server-address.ts';
import type { Verb } from '../verb.ts';

/** The one context of a person's kubeconfig, as kubeadm makes it. */
const CLUSTER = 'kubernetes';
const USER = 'kubernetes-admin';
const CONTEXT = `${USER}@${CLUSTER}`;

type Answer = (invocation: Invocation) => void;

function saying(name: string, say: Answer, flags: Verb['flags'] = []): Verb {
  return {
    name,
    flags,
    run(invocation) {
      say(invocation);
      return DONE;
    },
  };
}

const not = (name: string): Verb => ({
  name,
  instead: 'there is one cluster, one user and one context here',
});

export const config: Verb = {
  name: 'config',
  subverbs: [
    saying('current-context', ({ out }) => out(`${CONTEXT}\n`)),
    saying('get-clusters', ({ out }) => out(`NAME\n${CLUSTER}\n`)),
    saying('get-users', ({ out }) => out(`NAME\n${USER}\n`)),
    saying('get-contexts', listContexts, [bool('no-headers'), text('o,output')]),
    saying('use-context', useContext),
    saying('view', view, [
      ...PRINT_FLAGS,
      bool('flatten'),
      bool('merge', 'true'),
      bool('minify'),
      bool('raw'),
    ]),
    {
      name: 'set-context',
      flags: [bool('current'), text('namespace'), ...refused(text('cluster'), text('user'))],
      run: setContext,
    },
    ...[
      'delete-cluster',
      'delete-context',
      'delete-user',
      'rename-context',
      'set',
      'set-cluster',
      'set-credentials',
      'unset',
    ].map(not),
  ],
};

/** The namespace that the file names; `default` is the one of a file that names none. */
function namedNamespace({ call, view: { settings } }: Invocation): string {
  const { namespace } = call.kubeconfig;
  return namespace === 'default' && settings.namespace === 'default' ? '' : namespace;
}

function listContexts(invocation: Invocation): void {
  const { flags, out, args } = invocation;
  const [wanted] = args;
  const isKnown = wanted === undefined || wanted === CONTEXT;
  const isNameOnly = flags.text('output') === 'name';
  const row = ['*', CONTEXT, CLUSTER, USER, namedNamespace(invocation)].join('\t');
  const header =
    isNameOnly || flags.bool('no-headers') ? [] : ['CURRENT\tNAME\tCLUSTER\tAUTHINFO\tNAMESPACE'];
  const lines = isKnown ? [...header, isNameOnly ? CONTEXT : row] : header;
  out(alignColumns(lines.map((line) => `${line}\n`).join(''), TABLE_ALIGNMENT).text);
  if (!isKnown) fail(`context ${wanted} not found`);
}

function useContext({ args, out }: Invocation): void {
  const [name = ''] = args;
  if (name !== CONTEXT) fail(`no context exists with the name: ${quoteGo(name)}`);
  out(`Switched to context ${quoteGo(name)}.\n`);
}

function setContext({ args, flags, out, call }: Invocation): Outcome {
  const [name] = args;
  if (name === undefined && !flags.bool('current'))
    fail('you must specify a non-empty context name or --current');
  if (name !== undefined && name !== CONTEXT) fail(`another context than ${CONTEXT} is not simulated`);
  out(`Context ${quoteGo(CONTEXT)} modified.\n`);
  if (!flags.isSet('namespace')) return DONE;
  return { exitCode: 0, kubeconfig: { ...call.kubeconfig, namespace: flags.text('namespace') || 'default' } };
}

function view(invocation: Invocation): void {
  const namespace = namedNamespace(invocation);
  const context = { cluster: CLUSTER, user: USER, ...(namespace === '' ? {} : { namespace }) };
  const file: Json = {
    apiVersion: 'v1',
    clusters: [
      {
        cluster: { 'certificate-authority-data': 'DATA+OMITTED', server: serverAddress(invocation) },
        name: CLUSTER,
      },
    ],
    contexts: [{ context, name: CONTEXT }],
    'current-context': CONTEXT,
    kind: 'Config',
    ...(invocation.version.minor < 34 ? { preferences: {} } : {}),
    users: [
      { name: USER, user: { 'client-certificate-data': 'DATA+OMITTED', 'client-key-data': 'DATA+OMITTED' } },
    ],
  };
  const { flags } = invocation;
  const format = readOutputFormat(
    flags.isSet('output')
      ? invocation
      : {
          ...invocation,
          flags: { ...flags, text: (name) => (name === 'output' ? 'yaml' : flags.text(name)) },
        },
  );
  if (format.type === 'object') invocation.out(format.print(file));
}
