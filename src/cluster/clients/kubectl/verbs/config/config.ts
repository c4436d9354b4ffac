import { sortedKeys } from '../../../../objects/json.ts';
import { bool, refused, text } from '../../../flags/flag.ts';
import { fail } from '../../failure.ts';
import { PRINT_FLAGS } from '../../flags/common-flags.ts';
import { DONE, type Invocation } from '../../invocation.ts';
import { configSource } from '../../kubeconfig/config-source.ts';
import { alignColumns, TABLE_ALIGNMENT } from '../../print/table/align-columns.ts';
import type { Verb } from '../../verb.ts';
import {
  deleteEntry,
  renameContext,
  setCluster,
  setContext,
  setCredentials,
  setProperty,
  unsetProperty,
  useContext,
} from './change-config.ts';
import { viewConfig } from './view-config.ts';

export const config: Verb = {
  name: 'config',
  subverbs: [
    saying('current-context', ({ config: { current } }) => {
      if (current === '') fail('current-context is not set');
      return [current];
    }),
    saying('get-clusters', ({ config: { clusters } }) => ['NAME', ...sortedKeys(clusters)]),
    saying('get-users', ({ config: { users } }) => ['NAME', ...sortedKeys(users)]),
    {
      name: 'get-contexts',
      flags: [bool('no-headers'), text('o,output')],
      run(invocation) {
        listContexts(invocation);
        return DONE;
      },
    },
    { name: 'use-context', aliases: ['use'], run: useContext },
    {
      name: 'view',
      flags: [...PRINT_FLAGS, bool('flatten'), bool('merge', 'true'), bool('minify'), bool('raw')],
      run(invocation) {
        viewConfig(invocation);
        return DONE;
      },
    },
    {
      name: 'set-context',
      flags: [bool('current'), text('namespace'), text('cluster'), text('user')],
      run: setContext,
    },
    {
      name: 'set-cluster',
      flags: [
        text('server'),
        text('certificate-authority'),
        bool('embed-certs'),
        bool('insecure-skip-tls-verify'),
        text('tls-server-name'),
        ...refused(text('proxy-url')),
      ],
      run: setCluster,
    },
    {
      name: 'set-credentials',
      flags: [
        text('client-certificate'),
        text('client-key'),
        bool('embed-certs'),
        text('token'),
        text('username'),
        text('password'),
        ...refused(
          text('auth-provider'),
          text('auth-provider-arg'),
          text('exec-command'),
          text('exec-arg'),
          text('exec-env'),
          text('exec-api-version'),
        ),
      ],
      run: setCredentials,
    },
    { name: 'set', flags: [bool('set-raw-bytes')], run: setProperty },
    { name: 'unset', run: unsetProperty },
    { name: 'rename-context', run: renameContext },
    ...(['cluster', 'context', 'user'] as const).map(
      (kind): Verb => ({ name: `delete-${kind}`, run: (invocation) => deleteEntry(invocation, kind) }),
    ),
  ],
};

function saying(name: string, lines: (source: ReturnType<typeof configSource>) => readonly string[]): Verb {
  return {
    name,
    run({ call, flags, out }) {
      for (const line of lines(configSource(call, flags))) out(`${line}\n`);
      return DONE;
    },
  };
}

function listContexts({ args, flags, out, call }: Invocation): void {
  const format = flags.text('output');
  if (format !== '' && format !== 'name') {
    const why = 'is not available in kubectl config get-contexts; resetting to default output format';
    fail(`--output ${format} ${why}`);
  }
  const { contexts, current } = configSource(call, flags).config;
  const wanted = args.length === 0 ? sortedKeys(contexts) : args.toSorted();
  const known = wanted.filter((name) => Object.hasOwn(contexts, name));
  const isNameOnly = format === 'name';
  const header =
    isNameOnly || flags.bool('no-headers') ? [] : ['CURRENT\tNAME\tCLUSTER\tAUTHINFO\tNAMESPACE'];
  const rows = known.map((name) => {
    const { cluster = '', user = '', namespace = '' } = contexts[name] ?? {};
    return isNameOnly ? name : [name === current ? '*' : '', name, cluster, user, namespace].join('\t');
  });
  out(alignColumns([...header, ...rows].map((line) => `${line}\n`).join(''), TABLE_ALIGNMENT).text);
  const missing = args
    .filter((name) => !Object.hasOwn(contexts, name))
    .map((name) => `context ${name} not found`);
  if (missing.length > 0) fail(missing.length === 1 ? missing.join('') : `[${missing.join(', ')}]`);
}
