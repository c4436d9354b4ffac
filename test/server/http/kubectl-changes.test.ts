import { delimiter } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type KubectlPair, startPair, withoutOwn } from '../support/kubectl-pair.ts';
import { findKubectls, type Kubectl } from '../support/kubectls.ts';

// Lines that change something, typed into a real kubectl in one namespace, and into the built-in one of the
// same version in another: both say the same. All kubectls that KUBECTLS names do it, else the newest of this
// machine; where there is none, nothing is said of it.
const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, labels: { app: web } }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "nginx:1.25", ports: [{ containerPort: 80 }] }] }
`;
const FILES = {
  'web.yaml': WEB,
  'new.yaml': WEB.replace('1.25', '1.27'),
  'settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { colour: green }\n',
  'odd.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: odd }\nnothing: here\n',
  'unknown.yaml': 'apiVersion: example.com/v1\nkind: Nothing\nmetadata: { name: x }\n',
  'text.txt': 'text\n',
  'role.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: nowhere }
rules: [{ apiGroups: [''], resources: [pods], verbs: [get] }]
`,
  'said.sh': 'echo out; cat /none; exit 3\n',
  'kust/kustomization.yaml': 'namePrefix: k-\nconfigMapGenerator: [{ name: made, literals: [a=b] }]\n',
};

const LINES: readonly string[] = `
kubectl apply -f web.yaml -f settings.yaml
kubectl apply -f web.yaml
kubectl rollout status deployment/web | tail -1
kubectl wait --for=condition=Available deployment/web --timeout=60s
kubectl diff -f new.yaml
kubectl apply --server-side -f new.yaml
kubectl apply --server-side --field-manager=other -f new.yaml
kubectl apply --server-side --field-manager=other --force-conflicts -f new.yaml
kubectl rollout status deployment/web | tail -1
kubectl rollout history deployment/web
kubectl rollout history deployment/web --revision=1
kubectl rollout undo deployment/web
kubectl rollout undo deployment/web --to-revision=9
kubectl rollout restart deployment/web
kubectl rollout pause deployment/web
kubectl rollout pause deployment/web
kubectl rollout resume deployment/web
kubectl scale deployment/web --replicas=3
kubectl scale deployment/web --replicas=2 --current-replicas=9
kubectl set env deployment/web A=b
kubectl set image deployment/web nope=nginx
kubectl label deployment web tier=front
kubectl label deployment web tier=back
kubectl annotate deployment web note=y --overwrite
kubectl patch deployment web -p '{"spec":{"paused":false}}'
kubectl patch deployment web --type json -p '[{"op":"remove","path":"/spec/nothing"}]'
kubectl patch deployment web -p '{"spec":{"replicas":"many"}}'
kubectl patch deployment web --type merge -p '{"spec":{"replicas":2}}'
kubectl autoscale deployment web --min=1 --max=5 --cpu-percent=50
kubectl autoscale deployment web --max=5
kubectl autoscale deployment web --max=5 --dry-run=client
kubectl label --list deployment web tier=other | sort
kubectl label --list deployment web fresh=yes tier- | sort
kubectl annotate --list deployment web note=z
kubectl annotate --list deployment web fresh=yes note- | sort
kubectl label deployment web --list | sort
kubectl expose deployment web --port=81 --name=other
kubectl expose deployment web --port=81 --name=other
kubectl create secret generic made --from-literal=a=b
kubectl create role reads --verb=get,list --resource=pods,deployments.apps
kubectl create token default
kubectl create token nobody
kubectl create ingress way --rule=example.com/=web:80
kubectl create deployment web --image=nginx
kubectl create -f unknown.yaml
kubectl create -f odd.yaml
kubectl apply -f nothing.yaml
kubectl run shell --image=busybox -- sleep 1d
kubectl wait --for=condition=Ready pod/shell --timeout=60s
kubectl exec shell -- sh -c 'echo out; echo err >&2; exit 3'
kubectl exec shell -c nope -- true
echo hi | kubectl exec -i shell -- cat
kubectl exec -i shell -- sh < said.sh
echo hi | kubectl exec -it shell -- wc -l
kubectl attach shell -c nope
kubectl cp text.txt shell:/tmp/text.txt
kubectl exec shell -- cat /tmp/text.txt
kubectl logs shell --previous
kubectl debug shell --image=busybox --container=beside -- sleep 1d
kubectl top pods
kubectl get events --field-selector involvedObject.name=shell -o custom-columns=R:.reason --sort-by .reason
EDITOR='sed -i s/green/blue/' kubectl edit configmap settings
kubectl get configmap settings -o jsonpath='{.data}'
kubectl taint node {node} a=b:NoSchedule
kubectl taint node {node} a-
kubectl cordon {node}
kubectl uncordon {node}
kubectl auth can-i get pods --as jane
kubectl kustomize kust
kubectl apply -k kust
kubectl config view --minify -o jsonpath='{..namespace}'
kubectl api-resources --api-group=apps
kubectl describe role reads
kubectl auth reconcile -f role.yaml
kubectl auth whoami | grep -v Groups
kubectl delete deployment web --wait=false
kubectl delete deployment nothing --ignore-not-found
kubectl delete configmap settings k-nothing
`
  .split('\n')
  .filter((line) => line !== '');

/**
 * Of kubectl 1.20 the built-in one has not the words for what is misspelt or unknown, the hashes of kustomize
 * 2, nor owners in `diff`; it has `create token` and ephemeral containers, which 1.20 has not yet.
 */
const SINCE_1_27 =
  /^kubectl (?:diff|create token|create -f (?:unknown|odd)|debug|kustomize|apply -k|get events)|"\/spec\/nothing"/;

function linesOf({ minor }: Kubectl): readonly string[] {
  return minor < 27 ? LINES.filter((line) => !SINCE_1_27.test(line)) : LINES;
}

const kubectls = await findKubectls();
const named = kubectls.filter(({ path }) => process.env['KUBECTLS']?.split(delimiter).includes(path));
const chosen = named.length > 0 ? named : kubectls.slice(-1);

describe.each(chosen)('kubectl 1.$minor and the built-in one', (program: Kubectl) => {
  let pair: KubectlPair;
  beforeAll(async () => {
    pair = await startPair(program, FILES);
  });
  afterAll(() => pair.close());

  test.each(linesOf(program))('%s', async (line) => {
    const theirs = await pair.real(line);
    expect(withoutOwn(await pair.builtIn(line))).toEqual(withoutOwn(theirs));
  });
});

test.skipIf(chosen.length > 0)('there is a kubectl on this machine', ({ skip }) =>
  skip('there is none: put one on the PATH, or name it by KUBECTLS'),
);
