import { describe, expect, test } from 'vitest';
import { endpointSliceController } from '../../../src/cluster/controllers/endpoint-slice/endpoint-slice.ts';
import { kubeProxy } from '../../../src/cluster/network/proxy/kube-proxy.ts';
import type { Pod, ServiceSpec } from '../../../src/cluster/objects/kubernetes.ts';
import { create, deletion, type Typed } from '../node/play.ts';
import { logOf, played, podOf } from '../node/pods.ts';

const settings = { presentImages: ['busybox:1.36'] };

/** A pod that answers with its own name while its file is there, and ends three seconds after its signal. */
function server(name: string, script = ''): Pod {
  const serve = `mkdir /w; hostname > /w/index.html; touch /w/ok; ${script} httpd -f -p 8080 -h /w & trap 'sleep 3; exit 0' TERM; wait; wait`;
  const readinessProbe = { httpGet: { path: '/ok', port: 8080 }, periodSeconds: 1, failureThreshold: 1 };
  const pod = podOf(name, serve, { container: { readinessProbe } });
  return { ...pod, metadata: { name, labels: { app: 'web' } } };
}

function service(spec: Partial<ServiceSpec> = {}): Typed {
  const ports = [{ port: 80, targetPort: 8080 }];
  const object = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { selector: { app: 'web' }, ports, ...spec },
  };
  return create(100, object, 'services');
}

interface Asking {
  readonly servers?: readonly Pod[];
  readonly spec?: Partial<ServiceSpec>;
  readonly typed?: readonly Typed[];
  readonly until?: number;
  readonly nodes?: number;
  readonly minor?: number;
}

/** What a client on node-1 prints, whose script begins ten seconds after its start. */
function asked(
  script: string,
  { servers = [server('a'), server('b')], spec, typed = [], ...options }: Asking = {},
) {
  const client = podOf('client', `sleep 10; ${script}; sleep 1000`, { spec: { nodeName: 'node-1' } });
  const more = [endpointSliceController, kubeProxy];
  const play = played([...servers, client], { until: 60_000, nodes: 2, settings, more, ...options }, [
    service(spec),
    ...typed,
  ]);
  return logOf(play, 'client');
}

const TWENTY = 'for i in $(seq 20); do wget -qO- web; done';
const names = (text: string): readonly string[] => [...new Set(text.split('\n').filter(Boolean))].sort();

describe('a client of a service', () => {
  test('meets all of its pods', () => {
    expect(names(asked(TWENTY))).toEqual(['a', 'b']);
  });

  test('with affinity meets one alone, until that goes', () => {
    const text = asked(`${TWENTY}; sleep 20; ${TWENTY}`, {
      spec: { sessionAffinity: 'ClientIP' },
      typed: [deletion(20_000, 'a', 5)],
      until: 90_000,
    }).split('\n');
    expect(names(text.slice(0, 20).join('\n'))).toHaveLength(1);
    expect(names(text.slice(20).join('\n'))).toEqual(['b']);
  });

  test('meets another when its affinity has ended', () => {
    const spec = { sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 1 } } };
    const text = asked('for i in $(seq 12); do wget -qO- web; sleep 2; done', { spec });
    expect(names(text)).toEqual(['a', 'b']);
  });

  test('is refused where nobody is ready, and not where the addresses of all are published', () => {
    const servers = [server('a', 'rm /w/ok;')];
    expect(asked('wget -qO- web 2>&1', { servers })).toMatch(/Connection refused/);
    expect(asked('wget -qO- web 2>&1', { servers, spec: { publishNotReadyAddresses: true } })).toBe('a\n');
  });

  test('meets a pod that goes away while no other is there, before 1.26 nobody', () => {
    const asking = { servers: [server('a')], typed: [deletion(12_000, 'a', 30)] };
    const script = 'sleep 2; wget -qO- web 2>&1';
    expect(asked(script, asking)).toBe('a\n');
    expect(asked(script, { ...asking, minor: 25 })).toMatch(/Connection refused/);
  });

  test('finds the pods of a headless service themselves', () => {
    const spec = { clusterIP: 'None', ports: [] };
    const text = asked('nslookup web.default.svc.cluster.local; wget -qO- web:8080', { spec });
    expect(text.match(/Address: 10\.88\.\d\.\d+\n/g)).toHaveLength(2);
    expect(text).toMatch(/[ab]\n$/);
  });

  test.each([
    ['is asked anew each time', 36, /Address: 10/],
    ['kept for half a minute that there was nothing, before 1.32', 31, /NXDOMAIN/],
  ])('asks a name service that %s', (_, minor, later) => {
    const spec = { clusterIP: 'None', ports: [] };
    const look = 'nslookup web.default.svc.cluster.local';
    const script = `${look}; sleep 8; ${look} >/tmp/later; sleep 25; ${look} >/tmp/late; cat /tmp/later; echo; cat /tmp/late`;
    const typed = [create(15_000, server('a'))];
    const [first = '', second = '', third = ''] = asked(script, { servers: [], spec, typed, minor })
      .split('Server:')
      .slice(1);
    expect(first).toMatch(/NXDOMAIN/);
    expect(second).toMatch(later);
    expect(third).toMatch(/Address: 10\.88/);
  });
});
