import { describe, expect, test } from 'vitest';
import { typeInCluster } from '../type-in-cluster.ts';

const WEB = 'kubectl run web --image=nginx:1.27 --port=80';

describe('a port that kubectl port-forward holds open', () => {
  const { commands } = typeInCluster(
    [
      [0, WEB],
      [10_000, 'curl -s localhost:8080'],
      [11_000, 'kubectl port-forward web 8080:80 8081:81'],
      [12_000, 'curl -sI localhost:8080 | head -1'],
      [13_000, 'curl -s http://127.0.0.1:8080/nothing -o /dev/null -w "%{http_code}"'],
      [14_000, 'kubectl port-forward pod/web 8080:80'],
      [15_000, 'curl localhost:8081'],
      [16_000, 'curl -s localhost:8080'],
    ],
    { until: 20_000 },
  );
  const [, before, forward, head, missing, second, wrong, after] = commands;

  test('nobody listens before', () => {
    expect(before).toMatchObject({ exitCode: 7, stdout: '' });
  });

  test('leads into the pod, and says so for each connection', () => {
    expect(head).toMatchObject({ exitCode: 0, stdout: 'HTTP/1.1 200 OK\r\n' });
    expect(missing).toMatchObject({ exitCode: 0, stdout: '404' });
    expect(forward?.stdout).toBe(
      'Forwarding from 127.0.0.1:8080 -> 80\nForwarding from [::1]:8080 -> 80\n' +
        'Forwarding from 127.0.0.1:8081 -> 81\nForwarding from [::1]:8081 -> 81\n' +
        `${'Handling connection for 8080\n'.repeat(2)}Handling connection for 8081\n`,
    );
  });

  test('is taken for another', () => {
    expect(second?.stdout).toMatch(
      /^Unable to listen on port 8080: .*Error listen tcp4 127\.0\.0\.1:8080: bind: address already in use/,
    );
    expect(second).toMatchObject({
      stderr: 'error: unable to listen on any of the requested ports: [{8080 80}]\n',
      exitCode: 1,
    });
  });

  test('is lost when nobody listens in the pod', () => {
    expect(wrong).toMatchObject({ exitCode: 52, stderr: 'curl: (52) Empty reply from server\n' });
    expect(forward?.exitCode).toBe(1);
    expect(forward?.stderr).toMatch(
      /forwarding 8081 -> 81: .*connection refused .*\nerror: lost connection to pod\n$/,
    );
    expect(after).toMatchObject({ exitCode: 7 });
  });
});
