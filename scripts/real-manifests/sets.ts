/** A public set of manifests, and what its own pages say to type. */
export interface ManifestSet {
  /** On GitHub. */
  readonly repository: string;
  /** Below the checkout: where the lines are typed. */
  readonly folder: string;
  readonly lines: readonly string[];
  /** The version of Kubernetes that it was written for, where today's refuses it. */
  readonly version?: string;
  /** Each of its files is tried by itself, in a cluster of its own. */
  readonly isEach?: true;
  /** How the folder of its checkout is called, if not as the repository. */
  readonly checkout?: string;
}

const APPLY = 'kubectl apply -f .';
const KUSTOMIZE = 'kubectl apply -k .';

/** How the folder of a checkout is called: as its repository, but where two are called the same. */
export function checkoutOf({ repository, checkout }: ManifestSet): string {
  if (checkout !== undefined) return checkout;
  return repository === SOCKS ? 'sock-shop' : repository.replace(/^.*\//, '');
}

const set = (repository: string, folder: string, ...lines: readonly string[]): ManifestSet => ({
  repository,
  folder,
  lines: lines.length === 0 ? [APPLY] : lines,
});

const sets = (
  repository: string,
  [parent, names]: readonly [parent: string, names: string],
  ...lines: readonly string[]
): readonly ManifestSet[] => names.split(' ').map((name) => set(repository, `${parent}${name}`, ...lines));

const EXAMPLES = 'kubernetes/examples';
const WEBSITE = 'kubernetes/website';
const BOUTIQUE = 'GoogleCloudPlatform/microservices-demo';
const ARGO_APPS = 'argoproj/argocd-example-apps';
const ARGO = 'argoproj/argo-cd';
const SOCKS = 'microservices-demo/microservices-demo';
const BOOK = 'nigelpoulton/TheK8sBook';
const ISTIO = 'istio/istio';
const PODINFO = 'stefanprodan/podinfo';
const METRICS = 'kubernetes-sigs/metrics-server';
const INGRESS = 'kubernetes/ingress-nginx';

const inArgo = (line: string): readonly string[] => ['kubectl create namespace argocd', line];

export const SETS: readonly ManifestSet[] = [
  ...sets(EXAMPLES, ['web/', 'guestbook guestbook/legacy guestbook-go']),
  set(
    EXAMPLES,
    'databases/cassandra',
    'kubectl apply -f cassandra-service.yaml -f cassandra-statefulset.yaml',
  ),
  set(EXAMPLES, 'databases/mysql-cinder-pd'),
  ...sets(EXAMPLES, ['AI/', 'model-serving-tensorflow vllm-deployment']),
  { ...set(EXAMPLES, '_archived/cockroachdb'), version: '1.20' },
  ...sets(EXAMPLES, ['_archived/', 'cpu-manager elasticsearch javaee nodesjs-mongodb selenium spark']),
  ...sets(EXAMPLES, ['_archived/storage/', 'hazelcast minio mysql-galera redis rethinkdb']),
  ...sets(
    EXAMPLES,
    ['_archived/volumes/', 'azure_disk cephfs fibre_channel flexvolume glusterfs iscsi portworx quobyte rbd'],
    'kubectl apply -R -f .',
  ),
  set(
    EXAMPLES,
    '_archived/volumes/nfs',
    'kubectl apply -f provisioner/nfs-server-gce-pv.yaml -f nfs-server-deployment.yaml -f nfs-server-service.yaml',
    APPLY,
  ),
  ...sets(EXAMPLES, ['_archived/volumes/', 'scaleio storageos vsphere'], 'kubectl apply -R -f .'),
  set(
    WEBSITE,
    'content/en/examples/application/wordpress',
    'kubectl create secret generic mysql-pass --from-literal=password=s3cret',
    APPLY,
  ),
  ...sets(WEBSITE, ['content/en/examples/application/', 'cassandra guestbook mongodb mysql zookeeper']),
  { ...set(WEBSITE, 'content/en/examples', 'kubectl create -f'), isEach: true },
  set(BOUTIQUE, 'release', 'kubectl apply -f kubernetes-manifests.yaml'),
  set(BOUTIQUE, 'kustomize', KUSTOMIZE),
  set(BOUTIQUE, 'kustomize', 'kubectl apply -k tests/memorystore-with-all-components'),
  set('dockersamples/example-voting-app', 'k8s-specifications'),
  ...sets(ARGO_APPS, ['', 'guestbook']),
  ...sets(ARGO_APPS, ['', 'kustomize-guestbook sock-shop'], KUSTOMIZE),
  ...sets(ARGO_APPS, ['', 'helm-hooks sync-waves'], 'kubectl create -f .'),
  set(ARGO_APPS, '', 'kubectl create -k pre-post-sync'),
  set(SOCKS, 'deploy/kubernetes', 'kubectl apply -f complete-demo.yaml'),
  set(SOCKS, 'deploy/kubernetes/manifests-monitoring'),
  set(SOCKS, 'deploy/kubernetes/manifests-policy', 'kubectl create namespace sock-shop', APPLY),
  { ...set(SOCKS, 'deploy/kubernetes/manifests-logging'), version: '1.20' },
  set(BOOK, 'api', 'kubectl apply -f crd.yml', APPLY),
  ...sets(BOOK, ['', 'configmaps deployments ingress networking pods service-discovery wasm']),
  set(BOOK, 'namespaces', 'kubectl apply -f shield-ns.yml', 'kubectl apply -f shield-app.yml'),
  set(BOOK, 'psa', 'kubectl create namespace psa-test', APPLY),
  set(BOOK, 'services', 'kubectl apply -f deploy.yml -f svc.yml -f lb.yml'),
  set(BOOK, 'statefulsets', 'kubectl apply -f gcp-sc.yml -f headless-svc.yml -f sts.yml -f jump-pod.yml'),
  set(BOOK, 'storage', 'kubectl apply -f google-sc.yml -f google-pvc.yml -f google-pod.yml'),
  set(ISTIO, 'samples/bookinfo/platform/kube', 'kubectl apply -f bookinfo.yaml'),
  set(ISTIO, 'samples/httpbin', 'kubectl apply -f httpbin.yaml'),
  set(ISTIO, 'samples/helloworld', 'kubectl apply -f helloworld.yaml'),
  set(ISTIO, 'samples/tcp-echo', 'kubectl apply -f tcp-echo.yaml'),
  set(ISTIO, 'samples/addons', 'kubectl create namespace istio-system', APPLY),
  set(PODINFO, 'kustomize', KUSTOMIZE),
  ...['dev', 'staging', 'production'].map((name) =>
    set(PODINFO, 'deploy', `kubectl apply -k overlays/${name}`),
  ),
  set(PODINFO, 'deploy/webapp', 'kubectl apply -f common', 'kubectl apply -f backend -f frontend'),
  set('prometheus-operator/kube-prometheus', 'manifests', 'kubectl apply --server-side -f setup', APPLY),
  set(ARGO, 'manifests', ...inArgo('kubectl apply -n argocd --server-side -f install.yaml')),
  set(ARGO, 'manifests', ...inArgo('kubectl apply -n argocd --server-side -f ha/install.yaml')),
  set(ARGO, 'manifests', ...inArgo('kubectl apply -n argocd --server-side -k cluster-install')),
  set('cert-manager/cert-manager', 'deploy/crds'),
  set(INGRESS, 'deploy/static/provider/cloud', 'kubectl apply -f deploy.yaml'),
  set(INGRESS, 'deploy/static/provider/kind', 'kubectl apply -f deploy.yaml'),
  set(METRICS, 'manifests', 'kubectl apply -k base'),
  set(METRICS, 'manifests', 'kubectl apply -k overlays/release'),
  set(METRICS, 'manifests', 'kubectl apply -k overlays/release-ha-1.21+'),
];
