import { hasAddon } from '../../contract/settings.ts';
import { sortedKeys } from '../../objects/json.ts';
import type { ConfigMap, Ingress, IngressClass } from '../../objects/kubernetes.ts';
import { storageKey } from '../../objects/storage-key.ts';
import type { Call } from '../call.ts';
import { deniedByWebhook } from '../refusal.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';

const WEBHOOK = 'validate.nginx.ingress.kubernetes.io';
const CANARY = 'nginx.ingress.kubernetes.io/canary';

/**
 * What the webhook of ingress-nginx refuses of the Ingresses that are its own: paths that are patterns and do
 * not say so, pieces of nginx' configuration, a host and a path that another Ingress has (ingress-nginx:
 * controller.go CheckIngress).
 */
export const ingressNginxWebhook: AdmissionPlugin = {
  name: WEBHOOK,
  resources: ['ingresses.networking.k8s.io'],
  checkCreate: (draft, call) => refusalOf(draft as Ingress, call),
  checkUpdate: (draft, _stored, call) => refusalOf(draft as Ingress, call),
};

function refusalOf(ingress: Ingress, call: Call) {
  if (!hasAddon(call.settings, 'ingressNginx')) return undefined;
  if (!isOwn(ingress, call)) return undefined;
  const { data: settings = {} } = call.store.read<ConfigMap>(CONFIG) ?? {};
  const message = wrongPaths(ingress, settings) ?? snippetIn(ingress, settings) ?? overlapOf(ingress, call);
  return message === undefined
    ? undefined
    : deniedByWebhook(WEBHOOK, { message, code: 400, reason: 'BadRequest' });
}

const CONFIG = storageKey({
  resource: 'configmaps',
  namespace: 'ingress-nginx',
  name: 'ingress-nginx-controller',
});

type Settings = Readonly<Record<string, string>>;

/** Of another's class it says nothing; the old annotation names its own class by name. */
function isOwn({ spec }: Ingress, { store }: Call): boolean {
  const name = spec?.ingressClassName;
  if (name === undefined) return true;
  const found = store.read<IngressClass>(storageKey({ resource: 'ingressclasses.networking.k8s.io', name }));
  return found?.spec?.controller === 'k8s.io/ingress-nginx';
}

/** inspector.go ValidatePathType: on since 1.12 (strict-validate-path-type). */
function wrongPaths({ spec }: Ingress, settings: Settings): string | undefined {
  if (settings['strict-validate-path-type'] === 'false') return undefined;
  const paths = (spec?.rules ?? []).flatMap(({ http }) => http?.paths ?? []);
  const wrong = paths.filter(
    ({ path = '', pathType }) =>
      path !== '' && pathType !== 'ImplementationSpecific' && !/^\/[a-z0-9._\-/]*$/i.test(path),
  );
  if (wrong.length === 0) return undefined;
  const each = wrong.map(({ path, pathType }) => `path ${path} cannot be used with pathType ${pathType}`);
  return `ingress contains invalid paths: ${each.join('\n')}`;
}

/** Not allowed unless somebody allows it since 1.9 (allow-snippet-annotations). */
function snippetIn({ metadata }: Ingress, settings: Settings): string | undefined {
  if (settings['allow-snippet-annotations'] === 'true') return undefined;
  const found = sortedKeys(metadata.annotations ?? {}).find((name) => name.endsWith('-snippet'));
  if (found === undefined) return undefined;
  return `${found} annotation cannot be used. Snippet directives are disabled by the Ingress administrator`;
}

function overlapOf(ingress: Ingress, { store }: Call): string | undefined {
  const { namespace, name } = ingress.metadata;
  const others = store
    .list<Ingress>('ingresses.networking.k8s.io')
    .filter(({ metadata }) => metadata.namespace !== namespace || metadata.name !== name)
    .filter((other) => classOf(other) === classOf(ingress) && canaryOf(other) === canaryOf(ingress));
  for (const { host, path } of placesOf(ingress)) {
    const other = others.find((one) =>
      placesOf(one).some((place) => place.host === host && place.path === path),
    );
    if (other) {
      const { metadata } = other;
      return `host "${host || '_'}" and path "${path}" is already defined in ingress ${metadata.namespace}/${metadata.name}`;
    }
  }
  return undefined;
}

function classOf({ metadata, spec }: Ingress): string {
  return spec?.ingressClassName ?? metadata.annotations?.['kubernetes.io/ingress.class'] ?? 'nginx';
}

function canaryOf({ metadata }: Ingress): string | undefined {
  return metadata.annotations?.[CANARY];
}

function placesOf({ spec }: Ingress): readonly { readonly host: string; readonly path: string }[] {
  return (spec?.rules ?? []).flatMap(({ host = '', http }) =>
    (http?.paths ?? []).map(({ path = '' }) => ({ host, path: path === '' ? '/' : path })),
  );
}
