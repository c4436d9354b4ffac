import { describe, expect, test } from 'vitest';
import { typeInCluster } from '../type-in-cluster.ts';

const LINES: readonly (readonly [at: number, line: string])[] = [
  [0, 'kubectl run web --image=nginx:1.27 --labels=app=web'],
  [5000, 'kubectl get --raw /api/v1/namespaces/default/pods/web'],
  [6000, "kubectl get --raw '/api/v1/pods?labelSelector=app%3Dweb'"],
  [7000, 'kubectl get --raw /apis/apps/v1'],
  [8000, 'kubectl get --raw /readyz'],
  [9000, 'kubectl get --raw /api/v1/namespaces/default/pods/nothing'],
  [10_000, 'kubectl get --raw /apis/nothing/v1/things'],
  [11_000, 'kubectl get pods --raw /api'],
  [12_000, 'kubectl get --raw /metrics'],
  [13_000, 'kubectl proxy --port=8080 & sleep 1; curl -s localhost:8080/api/v1/namespaces/default | head -3'],
  [14_000, 'curl -s localhost:8080/api/v1/nodes/nothing | grep message'],
  [15_000, "curl -s -o /dev/null -w '%{http_code}\\n' localhost:8080/api/v1/namespaces/a/pods/b/exec"],
  [16_000, 'kubectl proxy --port=8080'],
  [17_000, 'kill %1; curl -s localhost:8080/version'],
];

describe('what the API server answers to a path', () => {
  const { commands } = typeInCluster(LINES, { until: 20_000 });
  const shown = LINES.map(([, line], index) => ({ line, row: commands[index] }));
  const rowOf = (part: string) => shown.find(({ line }) => line.includes(part))?.row;
  const documentOf = (part: string): unknown => JSON.parse(rowOf(part)?.stdout ?? '');

  test('is an object, a list, or what is served there', () => {
    expect(documentOf('pods/web')).toMatchObject({
      kind: 'Pod',
      apiVersion: 'v1',
      metadata: { name: 'web' },
    });
    const pods = documentOf('labelSelector');
    expect(pods).toMatchObject({ kind: 'PodList', items: [{ metadata: { labels: { app: 'web' } } }] });
    expect(pods).not.toHaveProperty('items[0].kind');
    expect(documentOf('/apis/apps/v1')).toMatchObject({
      kind: 'APIResourceList',
      groupVersion: 'apps/v1',
      resources: expect.arrayContaining([
        expect.objectContaining({ name: 'deployments/scale', kind: 'Scale' }),
      ]),
    });
    expect(rowOf('/readyz')?.stdout).toBe('ok');
  });

  test.each([
    ['pods/nothing', 'Error from server (NotFound): pods "nothing" not found\n'],
    ['/apis/nothing', 'Error from server (NotFound): the server could not find the requested resource\n'],
    ['get pods --raw', 'error: arguments may not be passed when --raw is specified\n'],
    ['/metrics', 'error: the path /metrics is not simulated\n'],
    ['kubectl proxy --port=8080', ''],
  ])('%s is refused: %s', (part, stderr) => {
    const row = shown.findLast(({ line }) => line.includes(part) && !line.includes('&'))?.row;
    expect(row?.stderr).toContain(stderr);
    expect(row?.exitCode).toBe(1);
  });

  test('comes by way of kubectl proxy, prettily for curl', () => {
    expect(rowOf('curl -s localhost:8080/api/v1/namespaces/default')?.stdout).toBe(
      '{\n  "kind": "Namespace",\n  "apiVersion": "v1",\n',
    );
    expect(rowOf('nodes/nothing')?.stdout).toBe('  "message": "nodes \\"nothing\\" not found",\n');
    expect(rowOf('pods/b/exec')?.stdout).toBe('403\n');
    expect(rowOf('kill %1')).toMatchObject({ exitCode: 7, stdout: '' });
  });
});
