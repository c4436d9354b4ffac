import type { ManifestSet } from './sets.ts';

const APPLY = 'kubectl apply -f .';
const ALL = 'kubectl apply -R -f .';

/** A line is a folder and what is typed there: `folder | line; line`. */
export function setsOf(repository: string, lines: readonly string[]): readonly ManifestSet[] {
  return lines.map((text) => {
    const [folder = '', typed = APPLY] = text.split(' | ');
    return {
      repository,
      folder: folder.trim(),
      lines: typed.split('; '),
      checkout: repository.replace('/', '+'),
    };
  });
}

/** Sets that were tried later, of projects whose checkouts are called `owner+name`. */
export const MORE_SETS: readonly ManifestSet[] = [
  ...setsOf('Azure-Samples/aks-store-demo', [
    ' | kubectl apply -f aks-store-all-in-one.yaml',
    ' | kubectl apply -f aks-store-ingress-quickstart.yaml',
    'kustomize | kubectl apply -k base',
  ]),
  ...setsOf('kubernetes-up-and-running/examples', [
    ' | kubectl apply -f 5-6-kuard-pod-full.yaml -f 9-1-kuard-rs.yaml -f 10-1-kuard-deployment.yaml -f 8-3-path-ingress.yaml',
    ' | kubectl apply -f 16-12-mongo-configmap.yaml -f 16-11-mongo-service.yaml -f 16-13-mongo.yaml',
    ' | kubectl apply -f 12-4-rs-queue.yaml -f 12-5-service-queue.yaml -f 12-7-job-consumers.yaml',
  ]),
  ...setsOf('luksa/kubernetes-in-action', [
    'Chapter04',
    'Chapter05',
    'Chapter06',
    'Chapter07',
    'Chapter09 | kubectl apply -f kubia-deployment-and-service-v1.yaml; kubectl apply -f kubia-deployment-v2.yaml',
    'Chapter10',
  ]),
  ...setsOf('wardviaene/kubernetes-course', [
    'configmap | kubectl create configmap nginx-config --from-file=reverseproxy.conf; kubectl apply -f .',
    'ingress',
    'service-discovery',
    'statefulset',
    'volumes',
    'wordpress | kubectl apply -f wordpress-secrets.yml; kubectl apply -f .',
  ]),
  ...setsOf('justmeandopensource/kubernetes', [
    'yamls | kubectl create namespace quota-demo-ns; kubectl apply -f .',
  ]),
  ...setsOf('mmumshad/kubernetes-training-answers', [` | ${ALL}`]),
  ...setsOf('DickChesterwood/k8s-fleetman', [
    `_course_files/Intel_AMD_Edition/Chapter 11 Microservices | ${ALL}`,
    `_course_files/Intel_AMD_Edition/Chapter 12 Persistence | ${ALL}`,
    `_course_files/Intel_AMD_Edition/Chapter 15 ELK | ${ALL}`,
  ]),
  ...setsOf('stacksimplify/aws-eks-kubernetes-masterclass', [
    `12-Microservices-Deployment-on-EKS/kube-manifests | ${ALL}`,
    `15-EKS-HPA-Horizontal-Pod-Autoscaler/kube-manifests | ${ALL}`,
  ]),
  ...setsOf('collabnix/kubelabs', [
    `Deployment101 | ${ALL}`,
    `InitContainers101 | ${ALL}`,
    `Jobs101 | ${ALL}`,
    `StatefulSets101 | ${ALL}`,
    `pods101 | ${ALL}`,
    `replicaset101 | ${ALL}`,
  ]),
  ...setsOf('GoogleCloudPlatform/kubernetes-engine-samples', [
    'cost-optimization/gke-shift-left-cost/samples/k8s-cost-estimator-github/wordpress',
    'batch/aiml-workloads/kubernetes-manifests',
  ]),
  ...setsOf('knative/serving', [
    'config/core | kubectl apply -R -f 300-resources; kubectl apply -f 100-namespace.yaml; kubectl apply -R -f 200-roles -f 200-serviceaccount.yaml -f configmaps -f webhooks',
    'third_party/contour-latest | kubectl apply -f contour.yaml',
    'third_party/kourier-latest | kubectl create namespace knative-serving; kubectl apply -f kourier.yaml',
  ]),
  ...setsOf('argoproj/argo-rollouts', [
    'manifests | kubectl create namespace argo-rollouts; kubectl apply --server-side -n argo-rollouts -f install.yaml',
    'manifests | kubectl apply -k cluster-install',
  ]),
  ...setsOf('argoproj/argo-workflows', [
    'manifests | kubectl create namespace argo; kubectl apply -n argo --server-side -k cluster-install',
    'manifests | kubectl create namespace argo; kubectl apply -n argo --server-side -k namespace-install',
  ]),
  ...setsOf('strimzi/strimzi-kafka-operator', [
    ' | kubectl create namespace kafka; kubectl create -n kafka -f install/cluster-operator; kubectl create -n kafka -f examples/kafka/kafka-persistent.yaml',
  ]),
  ...setsOf('elastic/cloud-on-k8s', ['config/recipes/beats', 'config/recipes/elastic-agent']),
  ...setsOf('rook/rook', [
    'deploy/examples | kubectl create -f crds.yaml -f common.yaml -f csi-operator.yaml; kubectl create -f operator.yaml; kubectl create -f cluster.yaml',
    'deploy/examples | kubectl create -f crds.yaml -f common.yaml; kubectl create -f csi/rbd/storageclass.yaml; kubectl create -f mysql.yaml -f wordpress.yaml',
  ]),
  ...setsOf('longhorn/longhorn', [
    'deploy | kubectl apply -f longhorn.yaml',
    'examples | kubectl apply -f storageclass.yaml; kubectl apply -f simple_pvc.yaml -f simple_pod.yaml',
  ]),
  ...setsOf('kedacore/keda', ['config | kubectl apply --server-side -k default']),
  ...setsOf('rabbitmq/cluster-operator', [
    'config | kubectl apply -k crd; kubectl apply -k namespace; kubectl apply -k installation',
  ]),
  ...setsOf('mongodb/mongodb-kubernetes-operator', ['config | kubectl apply -k default']),
  ...setsOf('fluent/fluentd-kubernetes-daemonset', [
    ' | kubectl apply -f fluentd-daemonset-elasticsearch-rbac.yaml',
    ' | kubectl apply -f fluentd-daemonset-syslog.yaml',
  ]),
  ...setsOf('projectcontour/contour', [
    'examples | kubectl apply -f contour',
    'examples | kubectl apply -f contour; kubectl apply -R -f example-workload/httpproxy',
  ]),
  ...setsOf('open-policy-agent/gatekeeper', ['config | kubectl apply -k default']),
  ...setsOf('metallb/metallb', [
    'config | kubectl apply -f manifests/metallb-native.yaml',
    'config | kubectl apply -k native',
    'config | kubectl apply -k frr',
  ]),
  ...setsOf('flannel-io/flannel', [
    'Documentation | kubectl apply -f kube-flannel.yml',
    'Documentation | kubectl apply -k kustomization/kube-flannel',
  ]),
  ...setsOf('kubernetes-sigs/descheduler', [
    'kubernetes | kubectl apply -k base; kubectl apply -k deployment',
    'kubernetes | kubectl apply -k job',
    'kubernetes | kubectl apply -k cronjob',
  ]),
  ...setsOf('kubernetes-sigs/kueue', [
    'config | kubectl apply --server-side -k default',
    ' | kubectl apply --server-side -k config/components/crd; kubectl apply -f examples/getting-started/quick-start-setup.yaml; kubectl create -f examples/getting-started/quick-start-job.yaml',
  ]),
  ...setsOf('kubernetes-sigs/nfs-subdir-external-provisioner', [
    ' | kubectl apply -k deploy; kubectl create -f deploy/test-claim.yaml -f deploy/test-pod.yaml',
  ]),
  ...setsOf('rancher/local-path-provisioner', [
    ' | kubectl apply -f deploy/local-path-storage.yaml; kubectl create -k examples/pod',
    ' | kubectl apply -k deploy; kubectl create -k examples/pod-with-local-volume',
  ]),
  ...setsOf('kubernetes-sigs/secrets-store-csi-driver', [
    'deploy | kubectl apply -f secrets-store.csi.x-k8s.io_secretproviderclasses.yaml -f secrets-store.csi.x-k8s.io_secretproviderclasspodstatuses.yaml; kubectl apply -f csidriver.yaml -f rbac-secretproviderclass.yaml -f secrets-store-csi-driver.yaml',
  ]),
  ...setsOf('kubernetes-sigs/external-dns', [' | kubectl apply -k kustomize']),
  ...setsOf('Kong/kubernetes-ingress-controller', [
    'test/e2e/manifests | kubectl apply -f all-in-one-dbless.yaml',
  ]),
  ...setsOf('traefik/traefik', [
    'docs/content/reference/dynamic-configuration | kubectl apply --server-side -f kubernetes-crd-definition-v1.yml; kubectl apply -f kubernetes-crd-rbac.yml -f kubernetes-whoami-svc.yml',
  ]),
  ...setsOf('nginx/kubernetes-ingress', [
    ' | kubectl apply -f deployments/common/ns-and-sa.yaml; kubectl apply -f deployments/rbac/rbac.yaml -f deploy/crds.yaml; kubectl apply -f deployments/common/nginx-config.yaml -f deployments/common/ingress-class.yaml -f deployments/deployment/nginx-ingress.yaml',
    'examples/ingress-resources/complete-example',
  ]),
  ...setsOf('kubernetes-sigs/node-feature-discovery', ['deployment | kubectl apply -k overlays/default']),
  ...setsOf('NVIDIA/k8s-device-plugin', ['deployments/static | kubectl create -f nvidia-device-plugin.yml']),
  ...setsOf('bitnami-labs/sealed-secrets', ['helm/sealed-secrets | kubectl apply -f crds']),
  ...setsOf('kubeflow/manifests', [
    ' | kubectl apply -k common/cert-manager/base',
    ' | kubectl apply -k common/dex/overlays/istio',
    ' | kubectl apply -k common/kubeflow-namespace/base; kubectl apply -k common/kubeflow-roles/base',
    ' | kubectl create namespace kubeflow; kubectl apply -k applications/katib/upstream/installs/katib-standalone',
    ' | kubectl create namespace kubeflow; kubectl apply -k applications/pvcviewer-controller/upstream/default',
    ' | kubectl create namespace kubeflow; kubectl apply -k applications/admission-webhook/upstream/base',
  ]),
  ...setsOf('projectcalico/calico', [
    'manifests | kubectl apply -f calico.yaml',
    'manifests | kubectl apply -f canal.yaml',
    'manifests | kubectl create -f operator-crds.yaml; kubectl create -f tigera-operator.yaml; kubectl create -f custom-resources.yaml',
  ]),
  ...setsOf('kubernetes/autoscaler', [
    'vertical-pod-autoscaler/deploy | kubectl apply -f vpa-v1-crd-gen.yaml -f vpa-rbac.yaml; kubectl apply -f .',
  ]),
  ...setsOf('kubernetes/kube-state-metrics', [
    ' | kubectl apply -k .',
    ' | kubectl apply -k examples/autosharding',
  ]),
  ...setsOf('jaegertracing/jaeger-operator', ['config | kubectl apply -k default']),
  ...setsOf('spotahome/redis-operator', [
    ' | kubectl create -f manifests/databases.spotahome.com_redisfailovers.yaml; kubectl apply -f example/operator/all-redis-operator-resources.yaml',
  ]),
  ...setsOf('cloudnative-pg/cloudnative-pg', [
    ' | kubectl apply --server-side -f releases/cnpg-1.30.0.yaml; kubectl rollout status deployment -n cnpg-system cnpg-controller-manager; kubectl apply -f docs/src/samples/cluster-example.yaml',
    'config | kubectl apply --server-side -k default',
  ]),
  ...setsOf('kubernetes-csi/external-snapshotter', [
    ' | kubectl apply -k client/config/crd; kubectl apply -k deploy/kubernetes/snapshot-controller; kubectl apply -f examples/kubernetes/storageclass.yaml -f examples/kubernetes/pvc.yaml -f examples/kubernetes/snapshotclass-v1.yaml -f examples/kubernetes/snapshot-v1.yaml -f examples/kubernetes/restore.yaml',
  ]),
  ...setsOf('zalando/postgres-operator', [
    ' | kubectl create -f manifests/configmap.yaml -f manifests/operator-service-account-rbac.yaml -f manifests/postgres-operator.yaml -f manifests/api-service.yaml',
    ' | kubectl apply -k manifests',
  ]),
  ...setsOf('minio/operator', [
    ' | kubectl apply -k resources; kubectl apply -k examples/kustomization/base',
  ]),
  ...setsOf('kubernetes-sigs/gateway-api', [
    'config/crd | kubectl apply --server-side -k .',
    'examples/standard | kubectl apply -f simple-gateway -f http-routing -f traffic-splitting/simple-split.yaml',
  ]),
  ...setsOf('fluxcd/flux2', ['manifests | kubectl apply -k install']),
  ...setsOf('fluxcd/flux2-kustomize-helm-example', [' | kubectl apply -k apps/staging']),
  ...setsOf('kelseyhightower/kubernetes-the-hard-way', [
    'configs | kubectl apply -f kube-apiserver-to-kubelet.yaml',
  ]),
  ...setsOf('grafana/loki', [' | kubectl apply -k operator/config/crd']),
  ...setsOf('instrumenta/kubeval', ['fixtures']),
];
