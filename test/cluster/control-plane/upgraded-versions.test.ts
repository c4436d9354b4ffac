import { describe, expect, test } from 'vitest';
import { expectSameTails } from '../../support/same-tail.ts';
import { typeOnMachines } from '../clients/machines/type-on-machines.ts';

const BETA = `apiVersion: batch/v1beta1
kind: CronJob
metadata: { name: nightly }
spec: { schedule: "0 0 * * *", jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: c, image: "busybox:1.36" }] } } } } }
`;

const FORKS = 12;
const tag = (program: string, from: string, to: string): string =>
  `sed -i s/${program}:${from}/${program}:${to}/ /etc/kubernetes/manifests/${program}.yaml`;
const SCALED = "kubectl get events -o custom-columns=M:.message | grep '^Scaled'";
const REFUSED =
  "kubectl get events -o custom-columns=M:.message | grep -o 'no new claims to deallocate' | uniq";

describe('what runs behaves as its own version does', () => {
  const { printed, played, scenario } = typeOnMachines(
    [
      'kubectl create deployment web --image=nginx:1.27',
      { run: 'kubectl run big --image=nginx:1.27 && sleep 3' },
      SCALED,
      tag('kube-controller-manager', 'v1.31.3', 'v1.32.0'),
      { wait: '40s' },
      'kubectl scale deployment web --replicas=2 && sleep 5',
      SCALED,
      'kubectl apply -f big.yaml && sleep 3',
      `${REFUSED} | wc -l`,
      tag('kube-scheduler', 'v1.31.3', 'v1.36.0'),
      { wait: '40s' },
      'kubectl delete pod huge && kubectl apply -f big.yaml && sleep 3',
      `${REFUSED} | wc -l`,
      "kubectl get events -o custom-columns=M:.message | grep 'Created container' | sort -u",
      'ssh node-1 "apt-get install -y kubelet=1.36.0-1.1 && systemctl restart kubelet" | tail -1; sleep 20',
      "kubectl get nodes --no-headers | tr -s ' ' | cut -d' ' -f1,5",
      `kubectl run late --image=nginx:1.27 --overrides='{"spec":{"nodeName":"node-1"}}' && sleep 5`,
      "kubectl get events --field-selector involvedObject.name=late -o custom-columns=M:.message | grep 'ontainer created'",
    ],
    {
      files: {
        'big.yaml':
          'apiVersion: v1\nkind: Pod\nmetadata: { name: huge }\nspec: { containers: [{ name: c, image: "nginx:1.27", resources: { requests: { cpu: "400" } } }] }\n',
      },
      cluster: {
        version: '1.31.3',
        nodes: [{ name: 'cp-1', controlPlane: true }, { name: 'node-1' }],
        presentImages: ['nginx:1.27'],
      },
    },
  );
  const [, , oldScaled, , , newScaled, , oldTail, , , newTail, created, , nodes, , late] = printed;

  test('a controller manager of 1.32 says from how many', () => {
    expect(oldScaled).toMatch(/^Scaled up replica set web-\w+ to 1\n$/);
    expect(newScaled).toMatch(/^Scaled up replica set web-\w+ from 1 to 2$/m);
  });

  test('a scheduler of 1.36 says that no claims are to be given back', () => {
    expect([oldTail, newTail].map((each) => each?.trim())).toEqual(['0', '1']);
  });

  test('each kubelet tells its own version, and speaks as that version does', () => {
    expect(nodes).toBe('cp-1 v1.31.3\nnode-1 v1.36.0\n');
    expect([created, late]).toEqual([
      'Created container big\nCreated container nginx\n',
      'Container created\n',
    ]);
  });

  test('who is newer than the API server is named', () => {
    const notices = played.log.flatMap(({ event }) =>
      event.type === 'NoticeGiven' && event.about === 'version skew' ? [event.message.split(':')[0]] : [],
    );
    expect(notices).toEqual([
      'kube-controller-manager of cp-1 is v1.32.0, newer than the API server (v1.31.3)',
      'kube-scheduler of cp-1 is v1.36.0, newer than the API server (v1.31.3)',
      'the kubelet of node-1 is v1.36.0, newer than the API server (v1.31.3)',
    ]);
  });

  test('a fork goes on as the log does', () => {
    expectSameTails({ scenario, log: played.log }, FORKS);
  }, 60_000);
});

describe('an API server of the next version', () => {
  const { printed, exitCodes } = typeOnMachines(
    [
      'kubectl apply -f beta.yaml; kubectl api-versions | grep ^batch',
      'kubectl get --raw /version | grep -o \'gitVersion":"[^"]*\'',
      tag('kube-apiserver', 'v1.24.3', 'v1.25.0'),
      { wait: '60s' },
      'kubectl get --raw /version | grep -o \'gitVersion":"[^"]*\'',
      'kubectl version | grep Version',
      { run: 'kubectl apply -f beta.yaml', expect: { exitCode: 1 } },
      'kubectl get cronjobs -o name; kubectl api-versions | grep ^batch',
      tag('kube-apiserver', 'v1.25.0', 'v1.27.1'),
      { wait: '60s' },
      'kubectl version 2>&1 | tail -1',
      "ssh node-1 sudo journalctl -u kubelet --no-pager | grep -c 'Kubelet version.*v1.24.3'",
    ],
    {
      files: { 'beta.yaml': BETA },
      cluster: { version: '1.24.3', nodes: [{ name: 'cp-1', controlPlane: true }, { name: 'node-1' }] },
    },
  );
  const [before, oldVersion, , newVersion, version, refused, kept, , skew] = printed;

  test('says so', () => {
    expect([oldVersion, newVersion]).toEqual(['gitVersion":"v1.24.3\n', 'gitVersion":"v1.25.0\n']);
    expect(version).toContain('Client Version: v1.24.3');
    expect(version).toContain('Server Version: v1.25.0');
  });

  test('serves what that version serves, and keeps what it has', () => {
    expect(before).toBe('cronjob.batch/nightly created\nbatch/v1\nbatch/v1beta1\n');
    expect(refused).toContain('no matches for kind "CronJob" in version "batch/v1beta1"');
    expect(exitCodes[5]).toBe(1);
    expect(kept).toBe('cronjob.batch/nightly\nbatch/v1\n');
  });

  test('of an older kubectl that is too old it is warned', () => {
    expect(skew).toBe(
      'WARNING: version difference between client (1.24) and server (1.27) exceeds the supported minor version skew of +/-1\n',
    );
  });
});
