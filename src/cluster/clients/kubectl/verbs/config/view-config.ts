import { encodeBase64 } from '../../../../objects/base64.ts';
import type { JsonObject } from '../../../../objects/json.ts';
import { findFile } from '../../../files.ts';
import { fail } from '../../failure.ts';
import type { Invocation } from '../../invocation.ts';
import { configSource } from '../../kubeconfig/config-source.ts';
import { type KubeconfigDocument, kubeconfigObject } from '../../kubeconfig/document.ts';
import { isUntouched, withOwnData } from '../../kubeconfig/own-kubeconfig.ts';
import { readOutputFormat } from '../../output/output-format.ts';
import { serverAddress } from '../../server-address.ts';

/** Secrets are left out, unless somebody wants them. */
export function viewConfig(invocation: Invocation): void {
  const { flags, call, version } = invocation;
  const source = configSource(call, flags);
  const isRaw = flags.bool('raw') || flags.bool('flatten');
  const picked = flags.bool('minify') ? minified(source.config, flags.text('context')) : source.config;
  const whole = isRaw ? withOwnData(picked, call) : withoutData(picked, invocation);
  const shown = flags.bool('flatten') ? flattened(whole, invocation) : whole;
  const format = readOutputFormat(
    flags.isSet('output')
      ? invocation
      : {
          ...invocation,
          flags: { ...flags, text: (name) => (name === 'output' ? 'yaml' : flags.text(name)) },
        },
  );
  if (format.type === 'object') invocation.out(format.print(kubeconfigObject(shown, version)));
}

/** The current context, and what it names (clientcmd/api: MinifyConfig). */
function minified(config: KubeconfigDocument, said: string): KubeconfigDocument {
  const current = said || config.current;
  if (current === '') return fail('current-context must exist in order to minify');
  const context = config.contexts[current];
  if (context === undefined) return fail(`cannot locate context ${current}`);
  const only = <Entry>(entries: Readonly<Record<string, Entry>>, name = ''): Record<string, Entry> => {
    const entry = entries[name];
    return entry === undefined ? {} : { [name]: entry };
  };
  return {
    current,
    contexts: { [current]: context },
    clusters: only(config.clusters, context.cluster),
    users: only(config.users, context.user),
  };
}

/** clientcmd/api: RedactSecrets. */
function withoutData(config: KubeconfigDocument, invocation: Invocation): KubeconfigDocument {
  const redacted = (entry: object, isOwn: boolean, own: JsonObject): JsonObject => {
    const shown = Object.entries(isOwn ? own : entry).map(([field, value]): [string, JsonObject[string]] => {
      if (field.endsWith('-data')) return [field, 'DATA+OMITTED'];
      return [field, field === 'token' || field === 'password' ? 'REDACTED' : value];
    });
    return Object.fromEntries(shown);
  };
  const server = serverAddress(invocation);
  const cluster = { 'certificate-authority-data': '', server };
  const user = { 'client-certificate-data': '', 'client-key-data': '' };
  return {
    ...config,
    clusters: mapped(config.clusters, (entry, name) =>
      redacted(entry, name === 'kubernetes' && isUntouched(entry), cluster),
    ),
    users: mapped(config.users, (entry, name) =>
      redacted(entry, name === 'kubernetes-admin' && isUntouched(entry), user),
    ),
  };
}

/** Files become what stands in them (clientcmd/api: FlattenConfig). */
function flattened(config: KubeconfigDocument, { files }: Invocation): KubeconfigDocument {
  const opened = (entry: object): JsonObject =>
    Object.fromEntries(
      Object.entries(entry).map(([field, value]): [string, JsonObject[string]] => {
        if (!['client-certificate', 'client-key', 'certificate-authority'].includes(field))
          return [field, value];
        const found = findFile(files, String(value));
        if (found.type !== 'file') return fail(`open ${String(value)}: no such file or directory`);
        return [`${field}-data`, encodeBase64(found.text)];
      }),
    );
  return { ...config, clusters: mapped(config.clusters, opened), users: mapped(config.users, opened) };
}

function mapped<Entry>(
  entries: Readonly<Record<string, Entry>>,
  change: (entry: Entry, name: string) => JsonObject,
): Record<string, JsonObject> {
  return Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, change(entry, name)]));
}
