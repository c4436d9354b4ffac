import type { View } from '../../contract/component.ts';
import type { Doing } from '../../contract/doing.ts';
import type { ContainerRow } from '../../contract/machine-rows.ts';
import type { Response } from '../../contract/response.ts';
import { encodeBase64 } from '../../objects/base64.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { Effect } from '../processes/process-host.ts';

/** A program makes a Secret: with a token of its pod's account, so that it may do what that may. */
export function* makeSecret(
  { rows }: View,
  { pod: key, specImage }: ContainerRow,
  { name, data }: Extract<Effect, { type: 'SecretMade' }>,
): Doing<void> {
  const pod = rows.row('podWorkers', key)?.pod;
  if (pod === undefined) return;
  const namespace = pod.metadata.namespace ?? '';
  const asked: Response = yield {
    verb: 'create',
    resource: 'serviceaccounts',
    subresource: 'token',
    namespace,
    name: pod.spec.serviceAccountName ?? 'default',
    object: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', metadata: {} } as KubeObject,
  };
  const token = asked.ok ? tokenIn(asked) : undefined;
  if (token === undefined) return;
  const encoded = Object.entries(data).map(([field, text]) => [field, encodeBase64(text)]);
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace },
    data: Object.fromEntries(encoded) as Record<string, string>,
    type: 'Opaque',
  };
  const made: Response = yield {
    verb: 'create',
    resource: 'secrets',
    namespace,
    object: secret as KubeObject,
    credentials: { token },
  };
  if (made.ok || made.status.reason === 'AlreadyExists') return;
  yield {
    type: 'NoticeGiven',
    about: specImage,
    message: `the Secret ${name} is not made: ${made.status.message}`,
  };
}

function tokenIn({ object }: Extract<Response, { ok: true }>): string | undefined {
  return (object as { readonly status?: { readonly token?: string } } | undefined)?.status?.token;
}
