import type { ObjectReader } from '../../../contract/reader.ts';
import type { ConfigMap } from '../../../objects/kubernetes.ts';
import type { Annotations } from './read-annotations.ts';

/** Settings of the ConfigMap that are heeded: what is said of all Ingresses, as annotations say it of one. */
const HEEDED: readonly string[] = [
  'denylist-source-range',
  'force-ssl-redirect',
  'http-redirect-code',
  'limit-req-status-code',
  'proxy-connect-timeout',
  'proxy-next-upstream',
  'proxy-next-upstream-tries',
  'proxy-read-timeout',
  'ssl-redirect',
  'whitelist-source-range',
];

/** These make no difference to what is simulated, or are the webhook's matter. */
const WITHOUT_EFFECT: readonly string[] = [
  'access-log-path',
  'allow-snippet-annotations',
  'annotations-risk-level',
  'client-body-buffer-size',
  'client-header-buffer-size',
  'enable-brotli',
  'enable-vts-status',
  'error-log-level',
  'error-log-path',
  'hsts',
  'hsts-include-subdomains',
  'hsts-max-age',
  'hsts-preload',
  'keep-alive',
  'keep-alive-requests',
  'large-client-header-buffers',
  'log-format-escape-json',
  'log-format-upstream',
  'proxy-body-size',
  'proxy-buffer-size',
  'proxy-buffering',
  'proxy-buffers-number',
  'proxy-send-timeout',
  'server-tokens',
  'ssl-ciphers',
  'ssl-protocols',
  'strict-validate-path-type',
  'upstream-keepalive-connections',
  'upstream-keepalive-requests',
  'upstream-keepalive-timeout',
  'use-gzip',
  'use-http2',
  'worker-connections',
  'worker-processes',
];

/** What the controller's ConfigMap (`namespace/name`) says of all Ingresses. */
export function settingsOf(objects: ObjectReader, name: string): Annotations {
  const all = Object.entries(configOf(objects, name)?.data ?? {});
  return Object.fromEntries(all.filter(([key]) => HEEDED.includes(key)));
}

/** What of it nobody heeds. */
export function unheededSettings(objects: ObjectReader, name: string): readonly string[] {
  return Object.keys(configOf(objects, name)?.data ?? {})
    .filter((key) => !HEEDED.includes(key) && !WITHOUT_EFFECT.includes(key))
    .sort();
}

function configOf(objects: ObjectReader, whole: string): ConfigMap | undefined {
  const [namespace, name = ''] = whole.split('/');
  return objects.get<ConfigMap>('configmaps', namespace, name);
}
