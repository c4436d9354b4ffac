import { describe, expect, test } from 'vitest';
import { imageOf, play } from './play.ts';

const script = { kind: 'file', mode: 0o755, modifiedAt: 0 } as const;

describe('a command that cannot be started is refused in the words of runc', () => {
  test.each<[readonly string[], string]>([
    [['/nosuchbinary'], 'exec: "/nosuchbinary": stat /nosuchbinary: no such file or directory'],
    [['foo'], 'exec: "foo": executable file not found in $PATH'],
    [['cd', '/'], 'exec: "cd": executable file not found in $PATH'],
    [['curl', 'localhost'], 'exec: "curl": executable file not found in $PATH'],
    [['/etc/config.sh'], 'exec: "/etc/config.sh": permission denied'],
    [['/tmp'], 'exec: "/tmp": is a directory'],
    [[], 'exec: "": executable file not found in $PATH'],
  ])('%j', (argv, failed) => {
    const files = { '/etc/config.sh': { ...script, mode: 0o644, content: 'echo' } };
    expect(play({ argv, files }).failed).toBe(failed);
  });

  test('an image without a shell has nothing to start', () => {
    expect(play({ argv: ['sh', '-c', 'true'], image: imageOf('registry.k8s.io/pause:3.9') }).failed).toBe(
      'exec: "sh": executable file not found in $PATH',
    );
  });
});

describe('what is started is a shell, a tool, or a script with its interpreter', () => {
  test.each<[readonly string[], string]>([
    [['/bin/sh', '-c', 'echo $0 $1', 'zero', 'one'], 'zero one\n'],
    [['sh', '-c', 'echo $0 $#'], 'sh 0\n'],
    [['echo', 'a  b', 'c'], 'a  b c\n'],
    [['/bin/busybox', 'echo', 'x'], 'x\n'],
    [['sh', '/scripts/run.sh', 'arg'], '/scripts/run.sh arg\n'],
    [['/scripts/exec.sh', 'arg'], '/scripts/exec.sh arg\n'],
    [['run'], '/usr/local/bin/run\n'],
    [['env', 'A=1', 'sh', '-c', 'echo $A$HOSTNAME'], '1web-0\n'],
    [['sh', '-ec', 'false; echo no'], ''],
    [['sh', '-c', 'sh /nope.sh; echo $?'], '2\n'],
    [['cat', '/etc/hostname'], 'web-0\n'],
    [['[', '-f', '/scripts/run.sh', ']'], ''],
    [['sh'], ''],
  ])('%j prints %j', (argv, stdout) => {
    const content = 'echo $0 $1\n';
    const files = {
      '/scripts/run.sh': content,
      '/scripts/exec.sh': { ...script, content: `#!/bin/sh\n${content}` },
      '/usr/local/bin/run': { ...script, content: `#!/usr/bin/env sh\n${content}` },
    };
    expect(play({ argv, files }).stdout).toBe(stdout);
  });
});

describe('shells complain in their own way', () => {
  const faulty = 'nosuch; cat < /nope; cd /nope; echo > /nope/x; exit 5';
  test.each<[string, readonly string[], string, string]>([
    [
      'ash',
      ['sh', '-c', faulty],
      'busybox',
      "sh: nosuch: not found\nsh: can't open /nope: no such file\nsh: cd: line 0: can't cd to /nope: No such file or directory\nsh: can't create /nope/x: nonexistent directory\n",
    ],
    [
      'dash',
      ['sh', '-c', faulty],
      'nginx',
      "sh: 1: nosuch: not found\nsh: 1: cannot open /nope: No such file\nsh: 1: cd: can't cd to /nope\nsh: 1: cannot create /nope/x: Directory nonexistent\n",
    ],
    [
      'bash',
      ['bash', '-c', faulty],
      'nginx',
      'bash: nosuch: command not found\nbash: /nope: No such file or directory\nbash: cd: /nope: No such file or directory\nbash: /nope/x: No such file or directory\n',
    ],
  ])('%s', (_, argv, image, stderr) => {
    const played = play({ argv, image: imageOf(image) });
    expect([played.stderr, played.exit]).toEqual([stderr, { code: 5 }]);
  });

  test('tools of GNU complain otherwise than those of busybox', () => {
    const argv = ['sh', '-c', 'cat /tmp/healthy; ls /nope; rm /nope'];
    expect(play({ argv }).stderr).toBe(
      "cat: can't open '/tmp/healthy': No such file or directory\nls: /nope: No such file or directory\nrm: can't remove '/nope': No such file or directory\n",
    );
    expect(play({ argv, image: imageOf('nginx') }).stderr).toBe(
      "cat: /tmp/healthy: No such file or directory\nls: cannot access '/nope': No such file or directory\nrm: cannot remove '/nope': No such file or directory\n",
    );
  });
});

describe('bash has more than the others', () => {
  test.each([
    ['for i in {1..3}; do echo -n $i; done', '123'],
    ['for ((i=0;i<3;i++)); do echo -n $i; done', '012'],
    ['((x=2+3)); echo $x; ((0)) || echo zero', '5\nzero\n'],
    ['[[ abc =~ ^a.c$ && -n x ]] && echo yes', 'yes\n'],
    [`x=hello; echo \${x^} \${x^^} \${x:1:3} \${x/l/L}`, 'Hello HELLO ell heLlo\n'],
    ['cat <<< "a b"', 'a b\n'],
    ['echo {a,b}{1,2} x{,y}', 'a1 a2 b1 b2 x xy\n'],
    [`v=x; x=1; echo \${!v}`, '1\n'],
    ['f() { local a=1; echo $a $FUNCNAME; }; f', '1 f\n'],
  ])('%s', (text, stdout) => {
    expect(play({ argv: ['bash', '-c', text], image: imageOf('debian') }).stdout).toBe(stdout);
  });
});

test('mounts that are read only refuse to be written to', () => {
  const host = { mounts: [{ path: '/etc/config', readOnly: true }] };
  const argv = [
    'sh',
    '-c',
    'echo x > /etc/config/key; touch /etc/config/new; rm /etc/config/key; cat /etc/config/key',
  ];
  const played = play({ argv, host, files: { '/etc/config/key': 'value\n' } });
  expect(played.stderr).toBe(
    "sh: can't create /etc/config/key: Read-only file system\ntouch: /etc/config/new: Read-only file system\nrm: can't remove '/etc/config/key': Read-only file system\n",
  );
  expect(played.stdout).toBe('value\n');
});

test('what a container writes to its termination log and to the output of PID 1 can be told apart', () => {
  const played = play({
    argv: ['sh', '-c', 'echo why > /dev/termination-log; echo log > /proc/1/fd/1'],
    pid: 12,
  });
  expect(played.files['/dev/termination-log']?.content).toBe('why\n');
  expect(played.effects).toContainEqual({ type: 'Printed', stream: 'stdout', text: 'log\n', toPid1: true });
});

describe("the kernel's parameters", () => {
  const script =
    'sysctl vm.max_map_count; sysctl -w vm.max_map_count=262144; sysctl -n vm.max_map_count; sysctl no.such';

  test('are set in a privileged container', () => {
    const { stdout, stderr } = play({ argv: ['sh', '-c', script], host: { isPrivileged: true } });
    expect(stdout).toBe('vm.max_map_count = 65530\nvm.max_map_count = 262144\n262144\n');
    expect(stderr).toBe("sysctl: error: 'no/such' is an unknown key\n");
  });

  test('are only read in any other', () => {
    const { stdout, stderr, exit } = play({ argv: ['sysctl', '-w', 'vm.max_map_count=262144'] });
    expect([stdout, stderr]).toEqual([
      '',
      "sysctl: error setting key 'vm.max_map_count': Read-only file system\n",
    ]);
    expect(exit).toEqual({ code: 1 });
  });
});
