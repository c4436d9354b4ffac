import { describe, expect, test } from 'vitest';
import { type Typing, typeOnMachines } from './type-on-machines.ts';

function lastOf(...steps: readonly Typing[]): string | undefined {
  return typeOnMachines(steps, { files: { 'note.txt': 'from the folder\n' } }).printed.at(-1);
}

describe('a line in a cluster with its own control plane', () => {
  test.each<readonly [string, readonly Typing[], string]>([
    ['runs on the first control-plane machine', ['hostname'], 'cp-1\n'],
    ['finds the scenario’s files', ['cat note.txt'], 'from the folder\n'],
    ['writes what lies on the machine', ['echo a > /tmp/x; echo b >> /tmp/x', 'cat /tmp/x'], 'a\nb\n'],
    ['writes by way of sudo', ['echo a | sudo tee /etc/x.conf > /dev/null', 'sudo cat /etc/x.conf'], 'a\n'],
    ['edits in place', ['echo "k: a" > /tmp/x && sudo sed -i "s/a/b/" /tmp/x && cat /tmp/x'], 'k: b\n'],
    ['copies from the folder', ['cp note.txt /tmp/', 'ls /tmp'], 'note.txt\n'],
    ['moves', ['echo a > /tmp/x', 'mv /tmp/x /tmp/y', 'cat /tmp/y; ls /tmp'], 'a\ny\n'],
    [
      'moves a folder',
      ['mkdir -p /srv/a/b; echo 1 > /srv/a/b/c', 'mv /srv/a /srv/z', 'find /srv -type f'],
      '/srv/z/b/c\n',
    ],
    ['removes', ['touch /tmp/x /tmp/y', 'rm -f /tmp/x /tmp/none', 'ls /tmp'], 'y\n'],
    ['removes a folder', ['mkdir /srv/a; touch /srv/a/x', 'rm -rf /srv/a', 'ls /srv'], ''],
    [
      'does not copy a folder unless asked',
      ['mkdir /opt/a', 'cp /opt/a /opt/b'],
      "cp: -r not specified; omitting directory '/opt/a'\n",
    ],
    [
      'is refused where no folder is',
      ['echo a > /nowhere/x'],
      'bash: /nowhere/x: No such file or directory\n',
    ],
    [
      'goes to a folder',
      ['cd /etc/kubernetes/manifests', 'touch x.yaml', 'cd ..; ls manifests/x.yaml'],
      'manifests/x.yaml\n',
    ],
    [
      'knows where it lives',
      ['mkdir -p $HOME/.kube; echo a > ~/.kube/config', 'cat /root/.kube/config'],
      'a\n',
    ],
    [
      'has patterns',
      ['touch /tmp/a.yaml /tmp/b.yaml /tmp/c', 'ls /tmp/*.yaml'],
      '/tmp/a.yaml\n/tmp/b.yaml\n',
    ],
    [
      'reads a manifest of the machine',
      ['kubectl create cm a --dry-run=client -o yaml > /tmp/a.yaml', 'kubectl apply -f /tmp/a.yaml'],
      'configmap/a created\n',
    ],
    [
      'keeps a file’s permissions',
      ['echo a > /tmp/x; chmod 600 /tmp/x', 'echo bc > /tmp/x; ls -l /tmp/x'],
      '-rw------- 1 root root 3 Jan  1 00:00 /tmp/x\n',
    ],
    ['is a shell’s own', ['sudo bash -c "echo a > /tmp/x"', 'cat /tmp/x'], 'a\n'],
  ])('%s', (_what, steps, printed) => {
    expect(lastOf(...steps)).toBe(printed);
  });
});

describe('a line on another machine', () => {
  test.each<readonly [string, readonly Typing[], string]>([
    ['by ssh', ['ssh node-1 hostname'], 'node-1\n'],
    [
      'by ssh, as somebody',
      ['ssh -o StrictHostKeyChecking=no root@node-1 "hostname; hostname"'],
      'node-1\nnode-1\n',
    ],
    ['at a step', [{ run: 'hostname', on: 'node-2' }], 'node-2\n'],
    ['has files of its own', ['ssh node-1 "echo a > /tmp/x"', 'ls /tmp; ssh node-1 cat /tmp/x'], 'a\n'],
    [
      'does not find the scenario’s files',
      [{ run: 'cat note.txt', on: 'node-1' }],
      'cat: note.txt: No such file or directory\n',
    ],
    ['leads on through a pipe', ['ssh node-1 "echo b; echo a" | sort'], 'a\nb\n'],
    ['waits there', ['ssh node-1 "sleep 3; echo done"'], 'done\n'],
    ['until exit', ['ssh node-1', 'touch mine', 'exit', 'ssh node-1 ls /root; hostname'], 'mine\ncp-1\n'],
    [
      'that is not there',
      ['ssh node-7 hostname'],
      'ssh: Could not resolve hostname node-7: Name or service not known\n',
    ],
    [
      'that has no power',
      [{ fault: { stop: 'machine', node: 'node-1' } }, 'ssh node-1 hostname'],
      'ssh: connect to host node-1 port 22: No route to host\n',
    ],
  ])('%s', (_what, steps, printed) => {
    expect(lastOf(...steps)).toBe(printed);
  });

  test('ssh ends as what it ran has ended', () => {
    expect(typeOnMachines(['ssh node-1 false', 'ssh node-7 true']).exitCodes).toEqual([1, 255]);
  });

  test('a person’s own computer has no cluster’s programs, and gets to the machines', () => {
    const cluster = { nodes: 2 };
    expect(() => typeOnMachines(['hostname'], { cluster })).toThrow("hostname is on the cluster's machines");
    expect(typeOnMachines(['ssh node-2 hostname'], { cluster }).printed).toEqual(['node-2\n']);
    expect(() => typeOnMachines(['cat /etc/hosts'], { cluster })).toThrow(
      "lies outside of the scenario's folder",
    );
  });
});
