import { parse } from 'yaml';
import { isObject, type Json, type JsonObject, sortedKeys } from '../../../objects/json.ts';
import type { KubeVersion } from '../../../objects/versions.ts';

/** A kubeconfig as kubectl thinks of it: everything by its name. */
export interface KubeconfigDocument {
  readonly clusters: Readonly<Record<string, ClusterEntry>>;
  readonly users: Readonly<Record<string, UserEntry>>;
  readonly contexts: Readonly<Record<string, ContextEntry>>;
  readonly current: string;
}

export interface ClusterEntry {
  readonly server?: string;
  readonly 'certificate-authority'?: string;
  readonly 'certificate-authority-data'?: string;
  readonly 'insecure-skip-tls-verify'?: boolean;
  readonly 'tls-server-name'?: string;
}

export interface UserEntry {
  readonly 'client-certificate'?: string;
  readonly 'client-certificate-data'?: string;
  readonly 'client-key'?: string;
  readonly 'client-key-data'?: string;
  readonly token?: string;
  readonly tokenFile?: string;
  readonly username?: string;
  readonly password?: string;
}

export interface ContextEntry {
  readonly cluster?: string;
  readonly user?: string;
  readonly namespace?: string;
}

export const NO_KUBECONFIG: KubeconfigDocument = { clusters: {}, users: {}, contexts: {}, current: '' };

/** What stands in a file; undefined for what is no YAML. */
export function readKubeconfig(text: string): KubeconfigDocument | undefined {
  let read: unknown;
  try {
    read = parse(text);
  } catch {
    return undefined;
  }
  if (read === null || read === undefined) return NO_KUBECONFIG;
  if (!isObject(read)) return undefined;
  const current = read['current-context'];
  return {
    clusters: entriesIn(read['clusters'], 'cluster'),
    users: entriesIn(read['users'], 'user'),
    contexts: entriesIn(read['contexts'], 'context'),
    current: typeof current === 'string' ? current : '',
  };
}

function entriesIn(list: unknown, field: string): Record<string, JsonObject> {
  const entries: Record<string, JsonObject> = {};
  for (const item of Array.isArray(list) ? (list as unknown[]) : []) {
    if (!isObject(item) || typeof item['name'] !== 'string') continue;
    const entry = item[field];
    entries[item['name']] = isObject(entry) ? (entry as JsonObject) : {};
  }
  return entries;
}

/** As it is printed and written, entries in the order of their names. */
export function kubeconfigObject(config: KubeconfigDocument, { minor }: KubeVersion): JsonObject {
  const listed = (entries: Readonly<Record<string, object>>, field: string): Json =>
    sortedKeys(entries).map((name) => ({ [field]: (entries[name] ?? {}) as JsonObject, name }));
  return {
    apiVersion: 'v1',
    clusters: orNull(listed(config.clusters, 'cluster')),
    contexts: orNull(listed(config.contexts, 'context')),
    'current-context': config.current,
    kind: 'Config',
    ...(minor < 34 ? { preferences: {} } : {}),
    users: orNull(listed(config.users, 'user')),
  };
}

function orNull(list: Json): Json {
  return Array.isArray(list) && list.length === 0 ? null : list;
}
