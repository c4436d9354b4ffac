import type { ObjectRef } from './kube-object.ts';
import { GROUP_ORDER } from './schema/resource-names.ts';

/**
 * Where an object lies in etcd: `/registry/pods/default/web`. A few resources are stored under other words
 * than their plural (kube-apiserver: storage_factory.go SpecialDefaultResourcePrefixes; core storage of
 * services).
 */
const STORED_AS: Readonly<Record<string, string>> = {
  nodes: 'minions',
  services: 'services/specs',
  endpoints: 'services/endpoints',
  replicationcontrollers: 'controllers',
  'ingresses.networking.k8s.io': 'ingress',
  'events.events.k8s.io': 'events',
};

/** Groups of Kubernetes whose objects lie below the group's name, as those of custom resources do. */
const UNDER_GROUP = new Set(['apiextensions.k8s.io', 'apiregistration.k8s.io']);
const OF_KUBERNETES = new Set(GROUP_ORDER);

/** Whether objects lie below the group's name: those that the aggregator and the extension server serve. */
function isUnderGroup(group: string): boolean {
  return UNDER_GROUP.has(group) || !OF_KUBERNETES.has(group);
}

/** Names of etcd folders by resource, since they are asked for with every request. */
const prefixes = new Map<string, string>();

/** The etcd key prefix of a resource, ending in a slash: `/registry/pods/`. */
export function storagePrefix(resource: string): string {
  const known = prefixes.get(resource);
  if (known !== undefined) return known;
  const dot = resource.indexOf('.');
  const plural = dot < 0 ? resource : resource.slice(0, dot);
  const group = dot < 0 ? '' : resource.slice(dot + 1);
  const folder = STORED_AS[resource] ?? (isUnderGroup(group) ? `${group}/${plural}` : plural);
  const prefix = `/registry/${folder}/`;
  prefixes.set(resource, prefix);
  return prefix;
}

/** The etcd key of an object: the very same text for the same object, as long as it is remembered. */
export function storageKey({ resource, namespace, name }: ObjectRef): string {
  if (name === last.name && resource === last.resource && namespace === last.namespace) return last.key;
  const names = namesIn(resource, namespace);
  let key = names.get(name);
  if (key === undefined) {
    const folder = storagePrefix(resource);
    key = namespace === undefined ? folder + name : `${folder}${namespace}/${name}`;
    if (++remembered > REMEMBERED_MAX) {
      folders.clear();
      remembered = 0;
    } else names.set(name, key);
  }
  last = { resource, namespace, name, key };
  return key;
}

// A text that is looked up a second time is found faster than one that is made anew and says the same.
const folders = new Map<string, Map<string | undefined, Map<string, string>>>();
const REMEMBERED_MAX = 50_000;
let remembered = 0;

/** The keys in a namespace, or of what stands in none, by the objects' names. */
function namesIn(resource: string, namespace: string | undefined): Map<string, string> {
  let namespaces = folders.get(resource);
  if (!namespaces) {
    namespaces = new Map();
    folders.set(resource, namespaces);
  }
  let names = namespaces.get(namespace);
  if (!names) {
    names = new Map();
    namespaces.set(namespace, names);
  }
  return names;
}

// A request asks for the key of its object again and again.
let last: Pick<ObjectRef, 'resource' | 'name'> & {
  readonly namespace: string | undefined;
  readonly key: string;
} = { resource: '', namespace: '', name: '', key: '' };

/** The resource of an object that lies under a key: the other way round. */
export function resourceOfKey(key: string, apiVersion: string): string {
  const special = Object.entries(STORED_AS).find(([, folder]) => key.startsWith(`/registry/${folder}/`));
  if (special && special[1] !== 'events') return special[0];
  const [, , first = '', second = ''] = key.split('/');
  // No plural has a dot, and each group that is extended has one.
  const plural = first.includes('.') ? second : first;
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
  return group === '' ? plural : `${plural}.${group}`;
}
