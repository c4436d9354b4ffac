import { describe, expect, test } from 'vitest';
import { POD_FILES } from '../pods.ts';
import { typeInCluster } from '../type-in-cluster.ts';
import { lastOf } from './last-of.ts';

describe('connections that stand', () => {
  const forwarded = 'Forwarding from 127.0.0.1:8888 -> 8080\nForwarding from [::1]:8888 -> 8080\n';

  test('port-forward stands until its pod is gone', () => {
    const { commands } = typeInCluster(
      [
        [1000, 'kubectl apply -f .'],
        [10_000, 'kubectl port-forward web 8888:8080'],
        [20_000, 'kubectl delete pod web --grace-period=2'],
      ],
      { files: POD_FILES },
    );
    const [, forward] = commands;
    expect(forward).toMatchObject({
      stdout: forwarded,
      stderr: 'error: lost connection to pod\n',
      exitCode: 1,
    });
    expect(forward?.endedAt).toBeGreaterThan(20_000);
  });

  test.each([
    [
      10_000,
      'kubectl port-forward web',
      1,
      'error: TYPE/NAME and list of ports are required for port-forward\nSee',
    ],
    [10_000, 'kubectl port-forward nosuch 80', 1, 'Error from server (NotFound): pods "nosuch" not found\n'],
    [10_000, 'kubectl port-forward web http', 1, "error: Pod 'web' does not have a named port 'http'\n"],
    [
      1500,
      'kubectl port-forward web 80',
      1,
      'error: unable to forward port because pod is not running. Current status=Pending\n',
    ],
    [10_000, 'kubectl attach nosuch', 1, 'Error from server (NotFound): pods "nosuch" not found\n'],
    [
      10_000,
      'kubectl attach two -c c',
      1,
      'error: cannot attach to the container: container c not found in pod two\n',
    ],
  ])('at %i ms: %s', (at, line, exitCode, stderr) => {
    const ended = lastOf([[at, line]]);
    expect({ ...ended, stderr: ended.stderr.slice(0, stderr.length) }).toMatchObject({
      exitCode,
      stderr,
      stdout: '',
    });
  });

  test('a service’s port is that of its pods; one that is not given is chosen', () => {
    const { commands } = typeInCluster([
      [1000, 'kubectl create deployment site --image=nginx --port=80'],
      [2000, 'kubectl expose deployment site --port=8080 --target-port=80'],
      [12_000, 'kubectl port-forward svc/site 8080'],
      [12_000, 'kubectl port-forward deploy/site :80 --address 0.0.0.0'],
      [12_000, 'kubectl port-forward svc/site 80'],
      [12_000, 'kubectl proxy --port 9000'],
    ]);
    const [, , service, chosen, refused, proxied] = commands.map(({ stdout, stderr }) => stdout + stderr);
    expect(service).toBe('Forwarding from 127.0.0.1:8080 -> 80\nForwarding from [::1]:8080 -> 80\n');
    expect(chosen).toMatch(/^Forwarding from 0\.0\.0\.0:[3-6]\d{4} -> 80\n$/);
    expect(refused).toBe('error: Service site does not have a service port 80\n');
    expect(proxied).toBe('Starting to serve on 127.0.0.1:9000\n');
    expect(commands.at(-1)?.exitCode).toBeUndefined();
  });

  test('attach prints what comes from now on, until the container ends', () => {
    const run = 'kubectl run once --image=busybox:1.36 --restart=Never -- sh -c "echo a; sleep 9; echo b"';
    const { stdout, exitCode } = lastOf([
      [2500, run],
      [6000, 'kubectl attach once'],
    ]);
    expect({ stdout, exitCode }).toEqual({ stdout: 'b\n', exitCode: 0 });
  });
});
