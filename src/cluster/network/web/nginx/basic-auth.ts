import type { ObjectReader } from '../../../contract/reader.ts';
import type { WebDeed } from '../../../contract/web-rows.ts';
import { decodeBase64 } from '../../../objects/base64.ts';
import type { Ingress, Secret } from '../../../objects/kubernetes.ts';
import type { Annotations } from './read-annotations.ts';

/**
 * Who may ask, by the Secret that annotations name: lines of `htpasswd` under `auth`, or a key a user. Where
 * it lacks, nobody is served (annotations/auth: a location that is denied).
 */
export function authOf(
  objects: ObjectReader,
  { metadata }: Ingress,
  annotations: Annotations,
): Pick<WebDeed, 'auth' | 'answers'> {
  if (annotations['auth-type'] !== 'basic') return {};
  const named = annotations['auth-secret'] ?? '';
  const [name = '', namespace = metadata.namespace] = named.split('/').reverse();
  const secret = objects.get<Secret>('secrets', namespace, name);
  const users = secret && usersIn(secret, annotations['auth-secret-type'] ?? 'auth-file');
  if (!users) return { answers: { status: 503 } };
  return { auth: { realm: annotations['auth-realm'] ?? '', users } };
}

function usersIn({ data = {} }: Secret, type: string): Readonly<Record<string, string>> | undefined {
  if (type === 'auth-map')
    return Object.fromEntries(
      Object.entries(data).map(([user, value]) => [user, (decodeBase64(value) ?? '').trim()]),
    );
  const file = data['auth'];
  if (file === undefined) return undefined;
  const lines = (decodeBase64(file) ?? '').split(/\r?\n/).filter((line) => line.includes(':'));
  return Object.fromEntries(
    lines.map((line) => {
      const [user = '', hashed = ''] = line.split(':');
      return [user, hashed];
    }),
  );
}
