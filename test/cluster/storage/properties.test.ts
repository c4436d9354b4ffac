import fc from 'fast-check';
import { expect, test } from 'vitest';
import { typeInCluster } from '../clients/type-in-cluster.ts';

const MANIFEST = `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: keep }
provisioner: disks.example.com
reclaimPolicy: Retain
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data }
spec: { storageClassName: keep, accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: db }
spec:
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec:
      terminationGracePeriodSeconds: 1
      containers: [{ name: c, image: busybox:1.36, command: [sleep, "3600"], volumeMounts: [{ name: d, mountPath: /d }] }]
      volumes: [{ name: d, persistentVolumeClaim: { claimName: data } }]
`;

/** Whatever ends pods, and whatever might make a claim look elsewhere. */
const DEATHS = [
  'kubectl delete pod -l app=db --wait=false',
  'kubectl delete pod -l app=db --force',
  'kubectl exec deploy/db -- kill 1',
  'kubectl rollout restart deployment/db',
  'kubectl scale deployment/db --replicas=0',
  'kubectl scale deployment/db --replicas=2',
  'kubectl cordon node-1',
  'kubectl uncordon node-1',
  'kubectl delete pvc data --wait=false',
  'kubectl drain node-2 --ignore-daemonsets --force --timeout=5s',
  'kubectl uncordon node-2',
];

test('a bound claim never changes its volume, and what is on a volume that is kept outlives its pods', () => {
  const deaths = fc.array(fc.constantFrom(...DEATHS), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(deaths, (lines) => {
      const typed = [
        'kubectl apply -f a.yaml',
        'kubectl exec deploy/db -- sh -c "echo kept > /d/f"',
        ...lines,
        'kubectl uncordon node-1 node-2',
        'kubectl scale deployment/db --replicas=0',
        'kubectl scale deployment/db --replicas=1',
        'kubectl exec deploy/db -- cat /d/f',
      ].map((line, index) => [1000 + index * 30_000, line] as const);
      const until = typed.length * 30_000 + 30_000;
      const { commands, log } = typeInCluster(typed, { files: { 'a.yaml': MANIFEST }, nodes: 2, until });
      const bonds = log.flatMap(({ event }) => {
        const isOfClaim = event.type === 'ObjectUpdated' && event.resource === 'persistentvolumeclaims';
        return isOfClaim && event.set ? (event.set['/spec/volumeName'] ?? []) : [];
      });
      expect(bonds).toHaveLength(1);
      // A claim that is deleted goes when nobody uses it, and its pod can't come back without it.
      if (lines.every((line) => !line.includes('delete pvc'))) expect(commands.at(-1)?.stdout).toBe('kept\n');
      else
        expect(
          log.some(({ event }) => event.type === 'ObjectDeleted' && event.resource === 'persistentvolumes'),
        ).toBe(false);
    }),
    { numRuns: 6 },
  );
});
