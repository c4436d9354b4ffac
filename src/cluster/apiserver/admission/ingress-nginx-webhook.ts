import { hasAddon } from '../../contract/settings.ts';
import type { Ingress } from '../../objects/kubernetes.ts';
import type { Call } from '../call.ts';
import { deniedByWebhook } from '../refusal.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';

const WEBHOOK = 'validate.nginx.ingress.kubernetes.io';
const CANARY = 'nginx.ingress.kubernetes.io/canary';

/** What the webhook of ingress-nginx refuses: a host and a path that another Ingress has (checkOverlap). */
export const ingressNginxWebhook: AdmissionPlugin = {
  name: WEBHOOK,
  resources: ['ingresses.networking.k8s.io'],
  checkCreate: (draft, call) => refusalOf(draft as Ingress, call),
  checkUpdate: (draft, _stored, call) => refusalOf(draft as Ingress, call),
};

function refusalOf(ingress: Ingress, call: Call) {
  if (!hasAddon(call.settings, 'ingressNginx')) return undefined;
  const overlap = overlapOf(ingress, call);
  return overlap === undefined
    ? undefined
    : deniedByWebhook(WEBHOOK, { message: overlap, code: 400, reason: 'BadRequest' });
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
