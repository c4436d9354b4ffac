import { encodeBase64 } from '../../../../objects/base64.ts';
import { quoteGo } from '../../../../objects/go-json.ts';
import { findFile } from '../../../files.ts';
import type { FlagValues } from '../../../flags/flag-values.ts';
import type { Ended, Outcome } from '../../../program.ts';
import { fail, failUsage } from '../../failure.ts';
import type { Invocation } from '../../invocation.ts';
import { type ConfigSource, configSource, savedConfig } from '../../kubeconfig/config-source.ts';
import type { ClusterEntry, ContextEntry, KubeconfigDocument, UserEntry } from '../../kubeconfig/document.ts';
import { ADMINISTRATOR, CLUSTER, isUntouched, withOwnData } from '../../kubeconfig/own-kubeconfig.ts';

/** What changes a kubeconfig (kubectl: pkg/cmd/config). */

function sourceToChange({ call, flags }: Invocation): ConfigSource {
  return configSource(call, flags, true);
}

function save({ call }: Invocation, source: ConfigSource, config: KubeconfigDocument): Ended {
  return savedConfig(call, source, config);
}

export function useContext(invocation: Invocation): Outcome {
  const { args, out, path } = invocation;
  if (args.length !== 1) failUsage(path, `Unexpected args: [${args.join(' ')}]`);
  const [name = ''] = args;
  const source = sourceToChange(invocation);
  if (name === '') fail('empty context names are not allowed');
  if (!Object.hasOwn(source.config.contexts, name)) fail(`no context exists with the name: ${quoteGo(name)}`);
  out(`Switched to context ${quoteGo(name)}.\n`);
  if (source.config.current === name) return { exitCode: 0 };
  return save(invocation, source, { ...source.config, current: name });
}

export function setContext(invocation: Invocation): Outcome {
  const { args, flags, out, call } = invocation;
  const [said = ''] = args;
  if (said === '' && !flags.bool('current')) fail('you must specify a non-empty context name or --current');
  if (said !== '' && flags.bool('current')) fail('you cannot specify both a context name and --current');
  const source = sourceToChange(invocation);
  const { config } = source;
  const name = said || config.current;
  if (name === '') fail('no current context is set');
  const isThere = Object.hasOwn(config.contexts, name);
  const context: ContextEntry = {
    ...config.contexts[name],
    ...given(flags, ['cluster', 'user', 'namespace']),
  };
  out(`Context ${quoteGo(name)} ${isThere ? 'modified' : 'created'}.\n`);
  const isOfNamespace = !flags.isSet('cluster') && !flags.isSet('user');
  if (isOfNamespace && isThere && source.path === undefined && call.kubeconfig.config === undefined) {
    if (!flags.isSet('namespace')) return { exitCode: 0 };
    return { exitCode: 0, kubeconfig: { namespace: flags.text('namespace') || 'default' } };
  }
  return save(invocation, source, {
    ...config,
    contexts: { ...config.contexts, [name]: withoutEmpty(context) },
  });
}

export function setCluster(invocation: Invocation): Outcome {
  const { flags, out } = invocation;
  const name = onlyName(invocation, 'you must specify a non-empty cluster name');
  const isInsecure = flags.bool('insecure-skip-tls-verify');
  const authority = flags.text('certificate-authority');
  if (isInsecure && authority !== '')
    fail('you cannot specify a certificate authority and insecure mode at the same time');
  const embeds = flags.bool('embed-certs');
  if (embeds && authority === '') fail('you must specify a --certificate-authority to embed');
  const source = sourceToChange(invocation);
  const before: ClusterEntry = entryNow(invocation, source, 'clusters', name);
  const { 'certificate-authority': file, 'certificate-authority-data': data, ...others } = before;
  const kept =
    authority !== '' || isInsecure
      ? {}
      : { 'certificate-authority': file, 'certificate-authority-data': data };
  const cluster = {
    ...others,
    ...kept,
    ...given(flags, ['server', 'tls-server-name']),
    ...(flags.isSet('insecure-skip-tls-verify') && { 'insecure-skip-tls-verify': isInsecure }),
    ...(authority !== '' && fileOrData(invocation, 'certificate-authority', authority)),
  };
  out(`Cluster ${quoteGo(name)} set.\n`);
  const clusters = { ...source.config.clusters, [name]: withoutEmpty(cluster) };
  return save(invocation, source, { ...source.config, clusters });
}

export function setCredentials(invocation: Invocation): Outcome {
  const { flags, out } = invocation;
  const name = onlyName(invocation, 'you must specify a non-empty user name');
  const [certificate, key, token] = ['client-certificate', 'client-key', 'token'].map((flag) =>
    flags.text(flag),
  );
  const basic = flags.text('username') !== '' || flags.text('password') !== '';
  if (token !== '' && basic) {
    const methods = '--token, --username/--password';
    fail(`you cannot specify more than one authentication method at the same time: ${methods}`);
  }
  if (flags.bool('embed-certs') && certificate === '' && key === '')
    fail('you must specify a --client-certificate or --client-key to embed');
  const source = sourceToChange(invocation);
  const before: UserEntry = entryNow(invocation, source, 'users', name);
  const user = {
    ...before,
    ...(certificate && fileOrData(invocation, 'client-certificate', certificate)),
    ...(key && fileOrData(invocation, 'client-key', key)),
    ...given(flags, ['token', 'username', 'password']),
    ...(token && { username: undefined, password: undefined }),
    ...(basic && { token: undefined }),
  };
  out(`User ${quoteGo(name)} set.\n`);
  const users = { ...source.config.users, [name]: withoutEmpty(user) };
  return save(invocation, source, { ...source.config, users });
}

/** An entry with what is not kept of it, since it will be something else now. */
function entryNow(
  { call }: Invocation,
  { config }: ConfigSource,
  kind: 'clusters' | 'users',
  name: string,
): object {
  const entry = config[kind][name];
  const isOwn = name === (kind === 'clusters' ? CLUSTER : ADMINISTRATOR) && isUntouched(entry);
  return (isOwn ? withOwnData(config, call)[kind][name] : entry) ?? {};
}

/** The path, or with --embed-certs what stands there. */
function fileOrData({ flags, files }: Invocation, field: string, path: string): object {
  const found = findFile(files, path);
  if (!flags.bool('embed-certs')) return { [field]: path, [`${field}-data`]: undefined };
  if (found.type !== 'file') {
    return fail(`could not stat ${field} file ${path}: stat ${path}: no such file or directory`);
  }
  return { [`${field}-data`]: encodeBase64(found.text), [field]: undefined };
}

function given(flags: FlagValues, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (flags.isSet(name) ? [[name, flags.text(name)]] : [])));
}

function withoutEmpty(entry: object): Record<string, string> {
  const kept = Object.entries(entry).filter(
    ([, value]) => value !== undefined && value !== '' && value !== false,
  );
  return Object.fromEntries(kept) as Record<string, string>;
}

function onlyName({ args, path }: Invocation, empty: string): string {
  if (args.length !== 1) failUsage(path, `Unexpected args: [${args.join(' ')}]`);
  const [name = ''] = args;
  return name === '' ? fail(empty) : name;
}

export function deleteEntry(invocation: Invocation, kind: 'cluster' | 'context' | 'user'): Outcome {
  const { args, out, err, path } = invocation;
  const source = sourceToChange(invocation);
  const { config, shown } = source;
  if (args.length !== 1) failUsage(path, `${kind} to delete is required`);
  const [name = ''] = args;
  const plural = `${kind}s` as const;
  if (!Object.hasOwn(config[plural], name)) fail(`cannot delete ${kind} ${name}, not in ${shown}`);
  if (kind === 'context' && config.current === name)
    err(
      'warning: this removed your active context, use "kubectl config use-context" to select a different one\n',
    );
  const { [name]: _, ...left } = config[plural] as Record<string, object>;
  out(`deleted ${kind} ${name} from ${shown}\n`);
  return save(invocation, source, { ...config, [plural]: left });
}

export function renameContext(invocation: Invocation): Outcome {
  const { args, out, path } = invocation;
  if (args.length !== 2) failUsage(path, `Unexpected args: [${args.join(' ')}]`);
  const [before = '', after = ''] = args;
  if (after === '') fail('You must specify a new non-empty context name');
  const source = sourceToChange(invocation);
  const { contexts, current } = source.config;
  const context = contexts[before];
  if (context === undefined)
    return fail(`cannot rename the context ${quoteGo(before)}, it's not in ${source.shown}`);
  if (Object.hasOwn(contexts, after)) {
    const taken = `the context ${quoteGo(after)} already exists in ${source.shown}`;
    fail(`cannot rename the context ${quoteGo(before)}, ${taken}`);
  }
  const { [before]: _, ...others } = contexts;
  out(`Context ${quoteGo(before)} renamed to ${quoteGo(after)}.\n`);
  return save(invocation, source, {
    ...source.config,
    contexts: { ...others, [after]: context },
    current: current === before ? after : current,
  });
}

/** `users.jane.token`: names may have dots in them, so the longest that is there counts. */
export function setProperty(invocation: Invocation): Outcome {
  const { args, out, path } = invocation;
  if (args.length !== 2) failUsage(path, `Unexpected args: [${args.join(' ')}]`);
  const [property = '', value = ''] = args;
  if (value === '') fail('you cannot use set to unset a property');
  const source = sourceToChange(invocation);
  const changed = changedProperty(source.config, property, value);
  out(`Property ${quoteGo(property)} set.\n`);
  return save(invocation, source, changed);
}

export function unsetProperty(invocation: Invocation): Outcome {
  const { args, out, path } = invocation;
  if (args.length !== 1) failUsage(path, `Unexpected args: [${args.join(' ')}]`);
  const [property = ''] = args;
  const source = sourceToChange(invocation);
  const changed = changedProperty(source.config, property, undefined);
  out(`Property ${quoteGo(property)} unset.\n`);
  return save(invocation, source, changed);
}

function changedProperty(
  config: KubeconfigDocument,
  property: string,
  value: string | undefined,
): KubeconfigDocument {
  if (property === 'current-context') return { ...config, current: value ?? '' };
  const [kind = '', ...steps] = property.split('.');
  if (kind !== 'clusters' && kind !== 'users' && kind !== 'contexts')
    return fail(`unable to locate path ${kind} under kubeconfig`);
  const entries = config[kind] as Readonly<Record<string, object>>;
  const whole = steps.join('.');
  if (value === undefined && Object.hasOwn(entries, whole)) {
    const { [whole]: _, ...left } = entries;
    return { ...config, [kind]: left };
  }
  const field = steps.at(-1) ?? '';
  const name = steps.slice(0, -1).join('.');
  if (name === '') return fail(`can't set a map to a value: map[]`);
  return { ...config, [kind]: { ...entries, [name]: withoutEmpty({ ...entries[name], [field]: value }) } };
}
