import { quoteGo } from '../../../../objects/go-json.ts';
import type { Service, ServicePort } from '../../../../objects/kubernetes.ts';
import {
  dnsSubdomainProblems,
  portNameProblems,
  portNumberProblems,
} from '../../../../objects/validation/name-syntax.ts';
import { type Flag, int, list, text } from '../../../flags/flag.ts';
import { fail } from '../../failure.ts';
import type { Invocation } from '../../invocation.ts';
import type { Verb } from '../../verb.ts';
import { type Imperative, imperative } from './imperative.ts';
import { namespacedMeta } from './typed-object.ts';

const TCP_FLAG = list('tcp');

export const createService: Verb = {
  name: 'service',
  aliases: ['svc'],
  subverbs: [
    serviceVerb('clusterip', 'ClusterIP', [text('clusterip')]),
    serviceVerb('nodeport', 'NodePort', [int('node-port', '0')]),
    serviceVerb('loadbalancer', 'LoadBalancer', []),
    serviceVerb('externalname', 'ExternalName', [text('external-name')], ['external-name']),
  ],
};

function serviceVerb(
  name: string,
  type: string,
  flags: readonly Flag[],
  required: readonly string[] = [],
): Verb {
  const verb: Imperative = {
    name,
    flags: [TCP_FLAG, ...flags],
    required,
    failure: { since: 20, text: `failed to create ${type} service: ` },
    make: (invocation, serviceName) => serviceOf(invocation, serviceName, type),
  };
  return imperative(verb);
}

function serviceOf(invocation: Invocation, name: string, type: string): Service {
  const { flags } = invocation;
  const clusterIP = flags.has('clusterip') ? flags.text('clusterip') : '';
  const externalName = flags.has('external-name') ? flags.text('external-name') : '';
  const tcp = flags.list('tcp');
  if (clusterIP !== 'None' && tcp.length === 0 && type !== 'ExternalName') {
    fail('at least one tcp port specifier must be provided');
  }
  if (type === 'ExternalName' && dnsSubdomainProblems(externalName).length > 0) {
    fail(`invalid service external name ${externalName}`);
  }
  const nodePort = flags.has('node-port') ? flags.int('node-port') : 0;
  const ports = tcp.map((pair) => ({ ...portOf(pair), ...(nodePort === 0 ? {} : { nodePort }) }));
  const labels = { app: name };
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: namespacedMeta(invocation, { name, labels }),
    spec: {
      type,
      selector: labels,
      ...(ports.length === 0 ? {} : { ports }),
      ...(clusterIP === '' ? {} : { clusterIP }),
      ...(externalName === '' ? {} : { externalName }),
    },
    status: { loadBalancer: {} },
  };
}

/** `80`, `80:8080`, `80:http` (kubectl: create_service.go parsePorts). */
function portOf(pair: string): ServicePort {
  const [portText = '', targetText] = pair.split(':');
  const port = readPort(portText);
  const name = pair.replaceAll(':', '-');
  if (targetText === undefined) return { name, port, protocol: 'TCP', targetPort: port };
  const isNumber = /^\d+$/.test(targetText);
  const problems = isNumber ? portNumberProblems(Number(targetText)) : portNameProblems(targetText);
  if (problems.length > 0) fail(problems.join(','));
  return { name, port, protocol: 'TCP', targetPort: isNumber ? Number(targetText) : targetText };
}

/** As k8s.io/utils ParsePort complains: 0 is a port, but none above 65535 is. */
function readPort(word: string): number {
  if (!/^\d+$/.test(word)) fail(`strconv.ParseUint: parsing ${quoteGo(word)}: invalid syntax`);
  if (Number(word) > 65_535) fail(`strconv.ParseUint: parsing ${quoteGo(word)}: value out of range`);
  return Number(word);
}
