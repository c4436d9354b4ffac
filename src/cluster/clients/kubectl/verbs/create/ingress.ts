import type { Ingress, IngressSpec } from '../../../../objects/kubernetes.ts';
import { array, text } from '../../../flags/flag.ts';
import { fail } from '../../failure.ts';
import type { Invocation } from '../../invocation.ts';
import { imperative } from './imperative.ts';
import { namespacedMeta } from './typed-object.ts';

/** `host/path=service:port[,tls[=secret]]` (kubectl: create_ingress.go ruleRegex). */
const RULE = /^[\w*\-.]*\/.*=[\w-]+:[\w-]+/;

export const createIngress = imperative({
  name: 'ingress',
  aliases: ['ing'],
  flags: [text('class'), array('rule'), text('default-backend'), array('annotation')],
  failure: { since: 0, text: 'failed to create ingress: ' },
  make(invocation, name) {
    checkCall(invocation);
    const { flags } = invocation;
    const annotations = Object.fromEntries(flags.list('annotation').map(splitAnnotation));
    const metadata = namespacedMeta(invocation, {
      name,
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    });
    const ingress: Ingress = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata,
      spec: specOf(invocation),
      status: { loadBalancer: {} },
    };
    return ingress;
  },
});

function checkCall({ flags }: Invocation): void {
  const rules = flags.list('rule');
  const backend = flags.text('default-backend');
  if (backend === '' && rules.length === 0) {
    fail(
      'not enough information provided: every ingress has to either specify a default-backend (which catches all ' +
        'traffic) or a list of rules (which catch specific paths)',
    );
  }
  const wrong = rules.find((rule) => !RULE.test(rule));
  if (wrong !== undefined)
    fail(`rule ${wrong} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`);
  const odd = flags.list('annotation').find((annotation) => !annotation.includes('='));
  if (odd !== undefined) fail(`annotation ${odd} is invalid and should be in format key=[value]`);
  if (backend !== '' && backend.split(':').length !== 2)
    fail('default-backend should be in format servicename:serviceport');
}

function splitAnnotation(annotation: string): [key: string, value: string] {
  const equals = annotation.indexOf('=');
  return [annotation.slice(0, equals), annotation.slice(equals + 1)];
}

function specOf({ flags }: Invocation): IngressSpec {
  const rules = flags.list('rule');
  const [className, backend] = [flags.text('class'), flags.text('default-backend')];
  const [byHost, tls] = [rulesOf(rules), tlsOf(rules)];
  return {
    ...(className === '' ? {} : { ingressClassName: className }),
    ...(backend === '' ? {} : { defaultBackend: backendOf(backend) }),
    ...(byHost.length === 0 ? {} : { rules: byHost }),
    ...(tls.length === 0 ? {} : { tls }),
  };
}

type Rules = NonNullable<IngressSpec['rules']>;
type Paths = NonNullable<NonNullable<Rules[number]['http']>['paths']>;
type Backend = NonNullable<IngressSpec['defaultBackend']>;

/** Paths of the same host stand in one rule. */
function rulesOf(rules: readonly string[]): Rules {
  const hosts = new Map<string, Paths>();
  for (const rule of rules) {
    const [route = ''] = rule.split(',', 1);
    const slash = route.indexOf('/');
    const host = route.slice(0, slash);
    hosts.set(host, [...(hosts.get(host) ?? []), pathOf(route.slice(slash + 1))]);
  }
  return [...hosts].map(([host, paths]) => ({ ...(host === '' ? {} : { host }), http: { paths } }));
}

function pathOf(route: string): Paths[number] {
  const [written = '', service = ''] = route.split('=');
  const path = `/${written}`;
  const isPrefix = path.endsWith('*');
  return {
    path: isPrefix ? path.slice(0, -1) : path,
    pathType: isPrefix ? 'Prefix' : 'Exact',
    backend: backendOf(service),
  };
}

function backendOf(service: string): Backend {
  const [name = '', port = ''] = service.split(':');
  return { service: { name, port: /^\d+$/.test(port) ? { number: Number(port) } : { name: port } } };
}

/** Each host once, with the hosts that share its secret. */
function tlsOf(rules: readonly string[]): NonNullable<IngressSpec['tls']> {
  const seen = new Set<string>();
  const entries: { hosts?: string[]; secretName?: string }[] = [];
  for (const rule of rules) {
    const [route = '', tls] = rule.split(',');
    const [host = ''] = route.split('/', 1);
    if (tls === undefined || seen.has(host)) continue;
    seen.add(host);
    const secret = tls.split('=')[1] ?? '';
    const same = entries.find(({ secretName = '' }) => secretName === secret);
    if (same !== undefined) same.hosts = [...(same.hosts ?? []), host];
    else if (host !== '' || secret !== '') {
      entries.push({
        ...(host === '' ? {} : { hosts: [host] }),
        ...(secret === '' ? {} : { secretName: secret }),
      });
    }
  }
  return entries;
}
