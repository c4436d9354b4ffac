import { describe, expect, test } from 'vitest';
import { emptyWorld } from '../../../src/cluster/world/world.ts';
import { commits, fold, startRun } from '../../../src/kernel/run/run.ts';
import { POD_FILES } from './pods.ts';
import { typeInCluster } from './type-in-cluster.ts';

const UNTIL = 45_000;
const EVERY = 25;

describe('commands that wait keep all that they know in their rows', () => {
  const { log, model } = typeInCluster(
    [
      [1000, 'kubectl apply -f . && sleep 1; kubectl wait --for=condition=Ready pod/web'],
      [1500, 'kubectl get pods -w --request-timeout=20s | grep -v two | head -30'],
      [2000, 'kubectl logs web -f | grep line | head -4; echo $?'],
      [3000, 'kubectl rollout restart deploy/d && kubectl rollout status deploy/d'],
      [
        4000,
        'kubectl run once --image=busybox:1.36 --restart=Never --rm -i -- sh -c "sleep 2; exit 3" || echo $?',
      ],
      [5000, "kubectl exec web -- sh -c 'echo a; sleep 3; echo b'; kubectl exec two -c a -- true"],
      [6000, 'kubectl config set-context --current --namespace=kube-system; kubectl get pods -o name'],
      [7000, 'kubectl delete pod two -n default --timeout=3s; kubectl get pods $(echo -n default)'],
      [
        7500,
        'N=1; for i in 1 2; do kubectl get pod web -o name >> names; sleep 2; done; cat names; echo $i$N',
      ],
      [7600, 'kubectl events -w -n default | head -12'],
      [
        7700,
        'kubectl port-forward -n default web 80; kubectl create ns fresh; kubectl run -n fresh a --image=x',
      ],
      [7800, 'kubectl attach web -n default -c main | head -2; kubectl diff -f deploy.yaml -n default'],
      [8000, 'kubectl drain node-1 --force --timeout=9s --pod-selector app=web'],
      [9000, 'kubectl replace --force -f web.yaml -n default'],
    ],
    { files: POD_FILES, until: UNTIL },
  );
  const lines = log.map((entry) => JSON.stringify(entry));
  // Behind what kubectl has done, and here and there.
  const stops = log
    .filter(({ more, actor, seq }) => !more && (actor === 'kubectl' || seq % EVERY === 0))
    .map(({ seq }) => seq);

  test('forked anywhere, the rest is the same byte for byte', () => {
    for (const stop of stops) {
      const shared = log.slice(0, stop);
      const fork = startRun(model, fold(model, emptyWorld(), shared), shared);
      const rest = [...commits(fork, UNTIL)].flat().map((entry) => JSON.stringify(entry));
      if (rest.join('\n') !== lines.slice(stop).join('\n'))
        expect({ stop, rest }).toEqual({ stop, rest: lines.slice(stop) });
    }
  });

  test('and again from the beginning', () => {
    const again = [...commits(startRun(model, emptyWorld()), UNTIL)].flat();
    expect(again.map((entry) => JSON.stringify(entry))).toEqual(lines);
  });
});
