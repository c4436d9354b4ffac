import { parseRfc3339 } from '../../kernel/time/rfc3339.ts';
import { decodeBase64 } from './base64.ts';
import type { Secret } from './kubernetes.ts';

/** A bootstrap token, as the Secret that it is (cluster-bootstrap: token/api/types.go). */
export interface BootstrapToken {
  readonly id: string;
  readonly secret: string;
  /** RFC 3339; absent: it never ends. */
  readonly expiration?: string;
  readonly description: string;
  /** `authentication`, `signing`. */
  readonly usages: readonly string[];
  readonly groups: readonly string[];
}

export const TOKEN_TYPE = 'bootstrap.kubernetes.io/token';
export const TOKEN_NAMESPACE = 'kube-system';
export const TOKEN_PATTERN = /^([a-z0-9]{6})\.([a-z0-9]{16})$/;

/** Undefined for Secrets that are none. */
export function readBootstrapToken({ type, data = {} }: Secret): BootstrapToken | undefined {
  if (type !== TOKEN_TYPE) return undefined;
  const value = (key: string): string => decodeBase64(data[key] ?? '') ?? '';
  const expiration = value('expiration');
  return {
    id: value('token-id'),
    secret: value('token-secret'),
    description: value('description'),
    usages: ['authentication', 'signing'].filter((usage) => value(`usage-bootstrap-${usage}`) === 'true'),
    groups: value('auth-extra-groups').split(',').filter(Boolean),
    ...(expiration !== '' && { expiration }),
  };
}

/** Whether it counts no more at an instant, in milliseconds since 1970. */
export function hasExpired({ expiration }: Pick<BootstrapToken, 'expiration'>, epochNow: number): boolean {
  const ends = expiration === undefined ? undefined : parseRfc3339(expiration);
  return ends !== undefined && ends <= epochNow;
}
