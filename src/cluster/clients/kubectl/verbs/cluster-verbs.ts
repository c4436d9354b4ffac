import type { View } from '../../../contract/component.ts';
import { compareText } from '../../../objects/json.ts';
import type { Service } from '../../../objects/kubernetes.ts';
import type { Resource } from '../../../objects/schema/resources.ts';
import { versionInfo } from '../../../objects/version-info.ts';
import { formatKubeVersion, inVersion, type Since } from '../../../objects/versions.ts';
import { discoveredResources } from '../../../world/discovered-resources.ts';
import { serverSettings } from '../../../world/installs.ts';
import { bool, list, text, until } from '../../flags/flag.ts';
import type { Outcome } from '../../program.ts';
import { fail, failUsage } from '../failure.ts';
import { DONE, demand, type Invocation, type Steps } from '../invocation.ts';
import { printJson } from '../print/output/print-json.ts';
import { alignColumns, TABLE_ALIGNMENT } from '../print/table/align-columns.ts';
import { printYaml } from '../print/yaml/print-yaml.ts';
import { serverAddress } from '../server-address.ts';
import type { Verb } from '../verb.ts';
import { clusterInfoDump } from './cluster-info-dump.ts';

/** Of kubectl's go.mod at each minor version. */
const KUSTOMIZE: Since<string> = [
  [0, 'v4.5.4'],
  [27, 'v5.0.1'],
  [28, 'v5.0.4-0.20230601165947-6ce0bf390ce3'],
  [31, 'v5.4.2'],
  [32, 'v5.5.0'],
  [33, 'v5.6.0'],
  [34, 'v5.7.1'],
  [36, 'v5.8.1'],
];

export const version: Verb = {
  name: 'version',
  flags: [bool('client'), text('o,output'), ...until(28, bool('short'))],
  run({ args, flags, out, err, view, version: own, serverVersion: server }) {
    if (args.length > 0) fail(`extra arguments: [${args.join(' ')}]`);
    const git = formatKubeVersion(own);
    const kustomizeVersion = inVersion(KUSTOMIZE, own);
    const isClient = flags.bool('client');
    const output = flags.text('output');
    if (output === 'json' || output === 'yaml') {
      const { epochMs } = view.settings;
      const ofServer = isClient ? {} : { serverVersion: versionInfo(server, epochMs) };
      const both = { clientVersion: versionInfo(own, epochMs), kustomizeVersion, ...ofServer };
      out(output === 'json' ? printJson(both) : printYaml(both));
      return DONE;
    }
    if (output !== '') fail("--output must be 'yaml' or 'json'");
    out(`Client Version: ${git}\nKustomize Version: ${kustomizeVersion}\n`);
    if (isClient) return DONE;
    out(`Server Version: ${formatKubeVersion(server)}\n`);
    // kubectl: cmd/version/skew_warning.go
    if (Math.abs(own.minor - server.minor) > 1)
      err(
        `WARNING: version difference between client (1.${own.minor}) and server (1.${server.minor}) exceeds the supported minor version skew of +/-1\n`,
      );
    return DONE;
  },
};

export const clusterInfo: Verb = {
  name: 'cluster-info',
  subverbs: [clusterInfoDump],
  run: showClusterInfo,
};

/**
 * Services that say of themselves that they belong to the cluster are named by their way through the API
 * server.
 */
function* showClusterInfo(invocation: Invocation): Steps {
  const server = serverAddress(invocation);
  invocation.out(`Kubernetes control plane is running at ${server}\n`);
  const { items = [] } = yield* demand(invocation, {
    verb: 'list',
    resource: 'services',
    namespace: 'kube-system',
    labelSelector: 'kubernetes.io/cluster-service=true',
  });
  for (const { metadata, spec } of items as readonly Service[]) {
    const title = metadata.labels?.['kubernetes.io/name'] ?? metadata.name;
    const [port] = spec?.ports ?? [];
    const name = port?.name === undefined ? metadata.name : `${metadata.name}:${port.name}`;
    invocation.out(
      `${title} is running at ${server}/api/v1/namespaces/${metadata.namespace}/services/${name}/proxy\n`,
    );
  }
  invocation.out("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n");
  return DONE;
}

export const apiResources: Verb = {
  name: 'api-resources',
  flags: [
    text('api-group'),
    bool('cached'),
    list('categories'),
    bool('namespaced', 'true'),
    bool('no-headers'),
    text('o,output'),
    text('sort-by'),
    list('verbs'),
  ],
  run: showResources,
};

function showResources({ args, flags, out, path, view }: Invocation): Outcome {
  const output = flags.text('output');
  if (!['', 'name', 'wide'].includes(output)) fail(`--output ${output} is not available`);
  if (!['', 'name', 'kind'].includes(flags.text('sort-by'))) fail('--sort-by accepts only name or kind');
  if (args.length > 0) failUsage(path, `unexpected arguments: [${args.join(' ')}]`);
  const served = discovered(view);
  const resources = served
    .filter((resource) => isPreferred(resource, served) && isListed(resource, flags))
    .sort(inListOrder(flags.text('sort-by')));
  if (output === 'name') {
    out(resources.map(({ name }) => `${name}\n`).join(''));
    return DONE;
  }
  const isWide = output === 'wide';
  const head = [
    'NAME',
    'SHORTNAMES',
    'APIVERSION',
    'NAMESPACED',
    'KIND',
    ...(isWide ? ['VERBS', 'CATEGORIES'] : []),
  ];
  const rows = resources.map((resource) => [
    resource.plural,
    resource.shortNames.join(','),
    resource.apiVersion,
    String(resource.isNamespaced),
    resource.kind,
    ...(isWide ? [resource.verbs.join(','), resource.categories.join(',')] : []),
  ]);
  const lines = flags.bool('no-headers') ? rows : [head, ...rows];
  out(alignColumns(`${lines.map((cells) => cells.join('\t')).join('\n')}\n`, TABLE_ALIGNMENT).text);
  return DONE;
}

/** Of the versions of a group only the newest is shown. */
function isPreferred({ name, version }: Resource, among: readonly Resource[]): boolean {
  return among.find((other) => other.name === name)?.version === version;
}

function isListed(resource: Resource, flags: Invocation['flags']): boolean {
  if (flags.isSet('api-group') && resource.group !== flags.text('api-group')) return false;
  if (flags.isSet('namespaced') && resource.isNamespaced !== flags.bool('namespaced')) return false;
  const verbs = flags.list('verbs');
  const categories = flags.list('categories');
  return (
    verbs.every((verb) => resource.verbs.includes(verb)) &&
    categories.every((each) => resource.categories.includes(each))
  );
}

/** All that the API server that answers serves, in each version. */
function discovered({ objects, rows, settings }: View): readonly Resource[] {
  return discoveredResources(objects, serverSettings(rows, settings));
}

/** By group, then by name (kubectl: apiresources.go sortableResource). */
function inListOrder(sortBy: string): (a: Resource, b: Resource) => number {
  if (sortBy === 'name') return (a, b) => compareText(a.plural, b.plural);
  if (sortBy === 'kind') return (a, b) => compareText(a.kind, b.kind);
  return (a, b) => compareText(a.group, b.group) || compareText(a.plural, b.plural);
}

export const apiVersions: Verb = {
  name: 'api-versions',
  run({ args, out, path, view }) {
    if (args.length > 0) failUsage(path, `unexpected arguments: [${args.join(' ')}]`);
    const versions = new Set(discovered(view).map(({ apiVersion }) => apiVersion));
    out(
      [...versions]
        .sort(compareText)
        .map((apiVersion) => `${apiVersion}\n`)
        .join(''),
    );
    return DONE;
  },
};
