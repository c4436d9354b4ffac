import { describe, expect, test } from 'vitest';
import type { Container, PodSpec } from '../../../../src/cluster/objects/kubernetes.ts';
import { create } from '../play.ts';
import { lines, logOf, played, podOf } from '../pods.ts';

const conf = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'conf' },
  data: { a: '1', 'b.txt': 'bee\n' },
};
const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'my-svc' },
  spec: { clusterIP: '10.96.1.2', ports: [{ name: 'http', port: 80 }] },
};

/**
 * What a script prints in a pod that is made two seconds after the ConfigMap `conf` and the service `my-svc`.
 */
function printed(script: string, container: Partial<Container> = {}, spec: Partial<PodSpec> = {}): string {
  const pod = podOf('mix', `${script}; sleep 1000`, { container, spec });
  const labelled = { ...pod, metadata: { ...pod.metadata, labels: { app: 'mix' } } };
  const first = [create(1000, conf, 'configmaps'), create(1001, service, 'services'), create(3000, labelled)];
  return logOf(played([], { until: 20_000 }, first), 'mix');
}

const from = (fieldPath: string): object => ({ valueFrom: { fieldRef: { fieldPath } } });

describe('the environment of a container', () => {
  test.each<[string, Partial<Container>, string]>([
    ['a value', { env: [{ name: 'X', value: 'y' }] }, 'y'],
    [
      'a value with another in it, and one that is not there',
      {
        env: [
          { name: 'A', value: 'a' },
          { name: 'X', value: '$(A)-$(B)-$$(A)' },
        ],
      },
      'a-$(B)-$(A)',
    ],
    ['the name of the pod', { env: [{ name: 'X', ...from('metadata.name') }] }, 'mix'],
    ['its address', { env: [{ name: 'X', ...from('status.podIP') }] }, '10.88.1.2'],
    ['its node', { env: [{ name: 'X', ...from('spec.nodeName') }] }, 'node-1'],
    ['a label', { env: [{ name: 'X', ...from("metadata.labels['app']") }] }, 'mix'],
    [
      'what it may use',
      {
        resources: { limits: { memory: '64Mi', cpu: '1' } },
        env: [{ name: 'X', valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi' } } }],
      },
      '64',
    ],
    [
      'a key of a ConfigMap',
      { env: [{ name: 'X', valueFrom: { configMapKeyRef: { name: 'conf', key: 'a' } } }] },
      '1',
    ],
    [
      'all keys of one',
      { envFrom: [{ configMapRef: { name: 'conf' } }], env: [{ name: 'X', value: '$(a)' }] },
      '1',
    ],
    [
      'where a service is',
      { env: [{ name: 'X', value: '$(MY_SVC_SERVICE_HOST):$(MY_SVC_SERVICE_PORT)' }] },
      '10.96.1.2:80',
    ],
  ])('has %s', (_, container, value) => {
    expect(printed('echo "$X"', container)).toBe(`${value}\n`);
  });
});

describe('the files of a container', () => {
  const volumes = [
    { name: 'cm', configMap: { name: 'conf' } },
    {
      name: 'info',
      downwardAPI: { items: [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }] },
    },
  ];
  const volumeMounts = [
    { name: 'cm', mountPath: '/cm' },
    { name: 'cm', mountPath: '/one', subPath: 'a' },
    { name: 'info', mountPath: '/info' },
  ];

  test.each([
    ['a ConfigMap has', 'ls /cm; cat /cm/b.txt', 'a\nb.txt\nbee\n'],
    ['one key of it has', 'cat /one', '1'],
    ['the pod says of itself', 'cat /info/labels', 'app="mix"'],
    [
      'the API server is to be asked with',
      'ls /var/run/secrets/kubernetes.io/serviceaccount',
      'ca.crt\nnamespace\ntoken\n',
    ],
  ])('show what %s', (_, script, text) => {
    expect(printed(script, { volumeMounts }, { volumes })).toBe(text);
  });

  test('cannot be changed where they come from the API', () => {
    expect(printed('touch /cm/x 2>&1', { volumeMounts }, { volumes })).toMatch(/Read-only file system/);
  });

  test('name the pod and where to ask for names', () => {
    expect(printed('tail -1 /etc/hosts; cat /etc/resolv.conf')).toBe(
      '10.88.1.2\tmix\nsearch default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n',
    );
  });
});

describe('a program that is started in a running container', () => {
  const probe = (script: string): Partial<Container> => ({
    livenessProbe: { exec: { command: ['sh', '-c', script] }, initialDelaySeconds: 5, periodSeconds: 100 },
  });

  test('sees what runs there, and may signal it', () => {
    const container = probe('(ps -o pid,args | head -2; kill -USR1 1) > /proc/1/fd/1');
    const text = logOf(
      played([podOf('p', 'trap "echo told" USR1; while true; do sleep 0.7; done', { container })], {
        until: 250_000,
      }),
      'p',
    );
    expect(text).toMatch(/^ *1 sh -c trap.*\n(.*\n)?told\n/m);
  });

  test('cannot kill its first process', () => {
    const container = probe('kill -9 1');
    const play = played([podOf('p', 'sleep 1000', { container })], { until: 250_000 });
    expect(play.log.filter(({ event }) => event.type === 'ContainerExited')).toEqual([]);
  });

  test('sees the processes of all containers of a pod that shares them', () => {
    const pod = podOf('p', 'sleep 3; ps; sleep 1000', {
      spec: { shareProcessNamespace: true },
    });
    const both = {
      ...pod,
      spec: {
        ...pod.spec,
        containers: [...pod.spec.containers, { name: 'd', image: 'busybox:1.36', command: ['sleep', '77'] }],
      },
    };
    const text = logOf(played([both], { until: 20_000 }), 'p');
    expect(text).toMatch(/1 .*\/pause\n/);
    expect(text).toContain('sleep 77\n');
  });
});

describe('a container runs', () => {
  const images = { plain: { uid: 1000, userland: 'busybox', cmd: ['sh', '-c', 'id -u; sleep 1000'] } };
  const idOf = (container: Partial<Container>, spec: Partial<PodSpec> = {}): string => {
    const pod = podOf('p', '', {
      spec: { containers: [{ name: 'c', image: 'plain', ...container }], ...spec },
    });
    return logOf(played([pod], { until: 20_000, settings: { images, presentImages: ['plain'] } }), 'p');
  };

  test.each<[string, Partial<Container>, Partial<PodSpec>, string]>([
    ['its image does', {}, {}, '1000'],
    ['its pod says', {}, { securityContext: { runAsUser: 7 } }, '7'],
    ['it says itself', { securityContext: { runAsUser: 8 } }, { securityContext: { runAsUser: 7 } }, '8'],
    ['its image does, if that is not root', { securityContext: { runAsNonRoot: true } }, {}, '1000'],
  ])('as %s', (_, container, spec, uid) => {
    expect(idOf(container, spec)).toBe(`${uid}\n`);
  });

  test('as somebody in an image of which nothing is known, where the pod bans root', () => {
    const container = { image: 'example.com/team/app:v1', securityContext: { runAsNonRoot: true } };
    const play = played([podOf('p', 'sleep 60', { container })], { until: 20_000 });
    expect(lines(play, /Warning Failed/)).toEqual([]);
    expect(lines(play, /Normal Started/)).toHaveLength(1);
  });

  test('not at all as root where that is forbidden', () => {
    const play = played([podOf('p', 'true', { container: { securityContext: { runAsNonRoot: true } } })], {
      until: 10_000,
    });
    expect(lines(play, /Warning Failed/)[0]).toMatch(
      /container has runAsNonRoot and image will run as root \(pod: "p_default\(.*\)", container: c\)$/,
    );
    expect(lines(play, /CreateContainerConfigError/).length).toBeGreaterThan(0);
  });
});
