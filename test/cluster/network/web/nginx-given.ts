import type { WebPlan } from '../../../../src/cluster/contract/web-rows.ts';
import { sitesOf } from '../../../../src/cluster/network/web/nginx/sites-of.ts';
import { planOf } from '../../../../src/cluster/network/web/plan-of.ts';
import type {
  EndpointSlice,
  Ingress,
  IngressClass,
  Secret,
} from '../../../../src/cluster/objects/kubernetes.ts';
import { machines, service, slice, viewAt } from '../view-at.ts';

export const SERVING = { controller: 'k8s.io/ingress-nginx', className: 'nginx', takesNameless: false };
const PORTS = [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 }];

/** `/api exact a`: a path, its type and the service behind it. */
export function ingress(
  paths: readonly string[],
  {
    host = 'shop.example.com',
    annotations = {},
    ...more
  }: {
    readonly host?: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly name?: string;
    readonly tls?: readonly { readonly hosts: string[]; readonly secretName: string }[];
    readonly className?: string;
  } = {},
): readonly [string, Ingress] {
  const prefixed = Object.fromEntries(
    Object.entries(annotations).map(([name, value]) => [`nginx.ingress.kubernetes.io/${name}`, value]),
  );
  const types: Readonly<Record<string, string>> = {
    exact: 'Exact',
    prefix: 'Prefix',
    own: 'ImplementationSpecific',
  };
  return [
    'ingresses.networking.k8s.io',
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: more.name ?? 'shop', namespace: 'default', annotations: prefixed },
      spec: {
        ingressClassName: more.className ?? 'nginx',
        ...(more.tls && { tls: [...more.tls] }),
        rules: [
          {
            host,
            http: {
              paths: paths.map((text) => {
                const [path = '', type = '', name = ''] = text.split(' ');
                return {
                  path,
                  pathType: types[type] ?? '',
                  backend: { service: { name, port: { number: 80 } } },
                };
              }),
            },
          },
        ],
      },
    },
  ];
}

export const CLASS: readonly [string, IngressClass] = [
  'ingressclasses.networking.k8s.io',
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name: 'nginx' },
    spec: { controller: 'k8s.io/ingress-nginx' },
  },
];

/** Services a, b, c with one endpoint each, and `none` with no endpoint. */
export const SERVICES = ['a', 'b', 'c', 'none'].map(
  (name) => ['services', service({ ports: PORTS }, { name })] as const,
);
export const SLICES = ['a', 'b', 'c'].map((name, index) => {
  const object: EndpointSlice = slice(
    [`10.88.1.${index + 1} ready ${name}`],
    [{ name: 'http', port: 8080, protocol: 'TCP' }],
  );
  const labels = { 'kubernetes.io/service-name': name };
  return [
    'endpointslices.discovery.k8s.io',
    { ...object, metadata: { ...object.metadata, name, labels } },
  ] as const;
});
export const SECRET: readonly [string, Secret] = [
  'secrets',
  {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'cert', namespace: 'default' },
    data: { 'tls.crt': 'YQ==', 'tls.key': 'Yg==' },
  },
];

export interface Asked {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly client?: string;
}

export function plan(
  ingresses: readonly (readonly [string, Ingress])[],
  { url, headers = {}, client = '192.0.2.1' }: Asked,
): WebPlan {
  const { objects } = viewAt({
    objects: [CLASS, SECRET, ...SERVICES, ...SLICES, ...ingresses],
    facts: machines(),
  });
  const [, scheme, host = '', path = '/'] = /^(https?):\/\/([^/]*)(.*)$/.exec(url) ?? [];
  const isSecure = scheme === 'https';
  return planOf(sitesOf(objects, SERVING), {
    method: 'GET',
    host,
    path: path === '' ? '/' : path,
    headers: { Host: host, ...headers },
    port: isSecure ? 443 : 80,
    isSecure,
    client,
  });
}

/** `a`, `a 90 b 10`, `404`, `308 https://…`: whom it asks, or what it answers itself. */
export function told(what: WebPlan): string {
  if (what.kind === 'answer') return [what.status, what.headers['Location']].filter(Boolean).join(' ');
  const names = what.choices.map(({ name, weight }) => [name.split('-')[1] ?? '', weight]);
  return names.length === 1 ? String(names[0]?.[0]) : names.flat().join(' ');
}
