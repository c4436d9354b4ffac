import { expect, test } from 'vitest';
import type { KubeObject } from '../../../src/cluster/objects/kube-object.ts';
import { given, settingsOf } from './server.ts';

function namespace(labels: Record<string, string>): object {
  const prefixed = Object.entries(labels).map(([mode, level]) => [
    `pod-security.kubernetes.io/${mode}`,
    level,
  ]);
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'safe', labels: Object.fromEntries(prefixed) },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  };
}

const ACCOUNT = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: 'default', namespace: 'safe' },
};

function pod(spec: object = {}, securityContext: object = {}): KubeObject {
  const containers = [{ name: 'a', image: 'b', securityContext }];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: { containers, ...spec },
  } as unknown as KubeObject;
}

const GOOD = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

test.each`
  level           | object                                                                                                                               | detail
  ${'baseline'}   | ${pod()}                                                                                                                             | ${undefined}
  ${'baseline'}   | ${pod({}, { privileged: true })}                                                                                                     | ${'privileged (container "a" must not set securityContext.privileged=true)'}
  ${'baseline'}   | ${pod({ hostNetwork: true, hostPID: true })}                                                                                         | ${'host namespaces (hostNetwork=true, hostPID=true)'}
  ${'baseline'}   | ${pod({ volumes: [{ name: 'v', hostPath: { path: '/' } }] })}                                                                        | ${'hostPath volumes (volume "v")'}
  ${'baseline'}   | ${pod({}, { capabilities: { add: ['NET_ADMIN', 'CHOWN'] } })}                                                                        | ${'non-default capabilities (container "a" must not include "NET_ADMIN" in securityContext.capabilities.add)'}
  ${'restricted'} | ${pod({}, GOOD)}                                                                                                                     | ${undefined}
  ${'restricted'} | ${pod({}, { ...GOOD, runAsNonRoot: false })}                                                                                         | ${'runAsNonRoot != true (container "a" must not set securityContext.runAsNonRoot=false)'}
  ${'restricted'} | ${pod({}, { ...GOOD, runAsUser: 0 })}                                                                                                | ${'runAsUser=0 (container "a" must not set runAsUser=0)'}
  ${'restricted'} | ${pod({ volumes: [{ name: 'v', hostPath: { path: '/' } }] }, GOOD)}                                                                  | ${'restricted volume types (volume "v" uses restricted volume type "hostPath")'}
  ${'restricted'} | ${pod({ securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } }, { allowPrivilegeEscalation: false })} | ${'unrestricted capabilities (container "a" must set securityContext.capabilities.drop=["ALL"])'}
`('$level: $detail', ({ level, object, detail }) => {
  const server = given([namespace({ enforce: level }), ACCOUNT]);
  const { response } = server.send({ verb: 'create', resource: 'pods', namespace: 'safe', object });
  const message = response.ok ? undefined : response.status.message;
  expect(message).toBe(
    detail && `pods "web" is forbidden: violates PodSecurity "${level}:latest": ${detail}`,
  );
});

test('what only warns lets the pod in', () => {
  const server = given([namespace({ warn: 'baseline', 'warn-version': 'v1.30' }), ACCOUNT]);
  const { warnings } = server.grant({
    verb: 'create',
    resource: 'pods',
    namespace: 'safe',
    object: pod({ hostNetwork: true }),
  });
  expect(warnings).toEqual([
    'would violate PodSecurity "baseline:v1.30": host namespaces (hostNetwork=true)',
  ]);
});

test('before 1.23 nobody looked', () => {
  const server = given([namespace({ enforce: 'restricted' })], settingsOf('1.22'));
  server.grant({
    verb: 'create',
    resource: 'serviceaccounts',
    namespace: 'safe',
    object: ACCOUNT as KubeObject,
  });
  const { response } = server.send({ verb: 'create', resource: 'pods', namespace: 'safe', object: pod() });
  expect(response.ok).toBe(true);
});
