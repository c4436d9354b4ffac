import { PassThrough } from 'node:stream';
import * as k8s from '@kubernetes/client-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sink } from '../support/sink.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

// A library that nobody here wrote asks over TLS, with the kubeconfig that was written for it.
let server: TestServer;
let config: k8s.KubeConfig;
const NAMESPACE = 'default';

beforeAll(async () => {
  server = await startTestServer({ secure: true });
  config = new k8s.KubeConfig();
  config.loadFromFile(server.kubeconfig);
});
afterAll(() => server.close());

function deployment(name: string, replicas: number, command?: string[]): k8s.V1Deployment {
  const container = { name: 'main', image: command ? 'busybox' : 'nginx:1.27', ...(command && { command }) };
  return {
    metadata: { name },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [container] } },
    },
  };
}

/** Until something holds, in time of the wall: the cluster goes on meanwhile. */
async function until<Value>(find: () => Promise<Value | undefined> | Value | undefined): Promise<Value> {
  for (let attempt = 0; attempt < 2000; attempt += 1) {
    const found = await find();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('it never came to it');
}

async function readyPod(core: k8s.CoreV1Api, app: string): Promise<string> {
  return await until(async () => {
    const { items } = await core.listNamespacedPod({ namespace: NAMESPACE, labelSelector: `app=${app}` });
    const ready = items.find(({ status }) => status?.containerStatuses?.every((each) => each.ready));
    return ready?.metadata?.name;
  });
}

test('an informer hears of everything, across watches that break off', async () => {
  const core = config.makeApiClient(k8s.CoreV1Api);
  const list = () => core.listNamespacedConfigMap({ namespace: NAMESPACE });
  const informer = k8s.makeInformer(config, `/api/v1/namespaces/${NAMESPACE}/configmaps`, list);
  const heard: string[] = [];
  for (const event of ['add', 'update', 'delete'] as const)
    informer.on(event, ({ metadata }) => heard.push(`${event} ${metadata?.name}`));
  let breaks = 0;
  informer.on('error', () => {
    breaks += 1;
    void informer.start();
  });
  await informer.start();
  const body = { metadata: { name: 'seen' }, data: { a: '1' } };
  await core.createNamespacedConfigMap({ namespace: NAMESPACE, body });
  await until(() => heard.includes('add seen') || undefined);
  // The library begins again by itself where a watch ends.
  await informer.stop();
  await informer.start();
  await core.replaceNamespacedConfigMap({
    namespace: NAMESPACE,
    name: 'seen',
    body: { ...body, data: { a: '2' } },
  });
  await until(() => heard.includes('update seen') || undefined);
  expect(informer.get('seen', NAMESPACE)?.data).toEqual({ a: '2' });
  await core.deleteNamespacedConfigMap({ namespace: NAMESPACE, name: 'seen' });
  await until(() => heard.includes('delete seen') || undefined);
  await informer.stop();
  expect(heard.filter((line) => line === 'delete seen')).toHaveLength(1);
  expect(breaks).toBeLessThan(3);
});

test('a Deployment is created, patched, scaled and waited for', async () => {
  const apps = config.makeApiClient(k8s.AppsV1Api);
  const at = { namespace: NAMESPACE, name: 'patched' };
  await apps.createNamespacedDeployment({ namespace: NAMESPACE, body: deployment('patched', 1) });
  const patched = await apps.patchNamespacedDeployment(
    { ...at, body: { spec: { template: { metadata: { annotations: { a: 'b' } } } } } },
    k8s.setHeaderOptions('Content-Type', k8s.PatchStrategy.StrategicMergePatch),
  );
  expect(patched.spec?.template.metadata?.annotations).toEqual({ a: 'b' });
  const scale = await apps.readNamespacedDeploymentScale(at);
  await apps.replaceNamespacedDeploymentScale({ ...at, body: { ...scale, spec: { replicas: 3 } } });
  const available = await until(async () => {
    const { status } = await apps.readNamespacedDeployment(at);
    const isThere = status?.availableReplicas === 3 && status.updatedReplicas === 3 && status.replicas === 3;
    return isThere ? status : undefined;
  });
  expect(available.conditions?.find(({ type }) => type === 'Available')?.status).toBe('True');
  const missing = apps.readNamespacedDeployment({ ...at, name: 'none' });
  await expect(missing).rejects.toMatchObject({ code: 404 });
  await apps.deleteNamespacedDeployment(at);
});

test('a program runs in a container, and says how it ended', async () => {
  const core = config.makeApiClient(k8s.CoreV1Api);
  const apps = config.makeApiClient(k8s.AppsV1Api);
  const body = deployment('shell', 1, ['sh', '-c', 'while true; do echo alive; sleep 5; done']);
  await apps.createNamespacedDeployment({ namespace: NAMESPACE, body });
  const pod = await readyPod(core, 'shell');
  const [out, err] = [sink(), sink()];
  const command = ['sh', '-c', 'echo out; echo err >&2; exit 7'];
  const status = await new Promise<k8s.V1Status>((resolve) => {
    void new k8s.Exec(config).exec(
      NAMESPACE,
      pod,
      'main',
      command,
      out.stream,
      err.stream,
      null,
      false,
      resolve,
    );
  });
  expect([out.text(), err.text()]).toEqual(['out\n', 'err\n']);
  expect(status).toMatchObject({ status: 'Failure', reason: 'NonZeroExitCode' });
  expect(status.details?.causes).toEqual([{ reason: 'ExitCode', message: '7' }]);
});

test('a log is read and followed', async () => {
  const core = config.makeApiClient(k8s.CoreV1Api);
  const pod = await readyPod(core, 'shell');
  const read = await core.readNamespacedPodLog({ namespace: NAMESPACE, name: pod, tailLines: 1 });
  expect(read).toBe('alive\n');
  const followed = sink();
  const aborting = await new k8s.Log(config).log(NAMESPACE, pod, 'main', followed.stream, { follow: true });
  const before = followed.text().length;
  await until(() => followed.text().length > before + 10 || undefined);
  expect(followed.text()).toMatch(/^(?:alive\n)+$/);
  aborting.abort();
});

test('a port is forwarded into a pod', async () => {
  const core = config.makeApiClient(k8s.CoreV1Api);
  const apps = config.makeApiClient(k8s.AppsV1Api);
  await apps.createNamespacedDeployment({ namespace: NAMESPACE, body: deployment('web', 1) });
  const pod = await readyPod(core, 'web');
  const [output, errors] = [sink(), sink()];
  const input = new PassThrough();
  const forward = new k8s.PortForward(config);
  await forward.portForward(NAMESPACE, pod, [80], output.stream, errors.stream, input);
  input.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await until(() => output.text().includes('</html>') || undefined);
  expect(output.text()).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(errors.text()).toBe('');
  input.end();
});

test('objects of a definition live in it like any others', async () => {
  const extensions = config.makeApiClient(k8s.ApiextensionsV1Api);
  const customs = config.makeApiClient(k8s.CustomObjectsApi);
  const [group, version, plural] = ['example.com', 'v1', 'widgets'];
  const properties = { size: { type: 'integer', minimum: 1 } };
  const schema = { type: 'object', properties: { spec: { type: 'object', properties } } };
  await extensions.createCustomResourceDefinition({
    body: {
      metadata: { name: `${plural}.${group}` },
      spec: {
        group,
        scope: 'Namespaced',
        names: { plural, kind: 'Widget' },
        versions: [{ name: version, served: true, storage: true, schema: { openAPIV3Schema: schema } }],
      },
    },
  });
  const at = { group, version, plural, namespace: NAMESPACE };
  const widget = (size: number) => ({
    ...at,
    body: { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'one' }, spec: { size } },
  });
  const made = await until(() => customs.createNamespacedCustomObject(widget(3)).catch(() => undefined));
  expect(made).toMatchObject({ spec: { size: 3 } });
  const wrong = customs.createNamespacedCustomObject({
    ...widget(0),
    body: { ...widget(0).body, metadata: { name: 'two' } },
  });
  await expect(wrong).rejects.toMatchObject({ code: 422 });
  const listed = await customs.listNamespacedCustomObject(at);
  expect(listed).toMatchObject({ kind: 'WidgetList', items: [{ kind: 'Widget', spec: { size: 3 } }] });
});
