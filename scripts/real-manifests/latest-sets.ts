import { setsOf } from './more-sets.ts';
import type { ManifestSet } from './sets.ts';

/** Sets of apps, operators and drivers that were tried last. */
export const LATEST_SETS: readonly ManifestSet[] = [
  ...setsOf('GoogleCloudPlatform/bank-of-anthos', [
    ' | kubectl apply -f extras/jwt/jwt-secret.yaml; kubectl apply -f kubernetes-manifests',
    ' | kubectl apply -f extras/jwt/jwt-secret.yaml -f kubernetes-manifests; kubectl apply -f extras/postgres-hpa/hpa',
  ]),
  ...setsOf('BuoyantIO/emojivoto', [
    'kustomize | kubectl apply -k deployment',
    'kustomize | kubectl apply -k daemonset',
    'kustomize | kubectl apply -k statefulset',
  ]),
  ...setsOf('FudanSELab/train-ticket', [
    'deployment/kubernetes-manifests/quickstart-k8s',
    'deployment/kubernetes-manifests/prometheus-deployment',
    'deployment/kubernetes-manifests/efk-deployment',
  ]),
  ...setsOf('delimitrou/DeathStarBench', [
    'hotelReservation/kubernetes | kubectl apply -Rf .',
    'mediaMicroservices/openshift | kubectl apply -f media-microsvc-ns.yaml; kubectl apply -f .',
  ]),
  ...setsOf('spring-petclinic/spring-petclinic-cloud', [
    'k8s | kubectl apply -f init-namespace; kubectl apply -f init-services; kubectl apply -f .',
  ]),
  ...setsOf('thingsboard/thingsboard-ce-k8s', [
    'minikube | kubectl apply -f tb-namespace.yml; kubectl apply -f postgres.yml -f cassandra.yml; kubectl apply -f hybrid -f tb-cache-configmap.yml -f tb-kafka-configmap.yml -f tb-node-configmap.yml -f tb-transport-configmap.yml; kubectl apply -f thirdparty.yml; kubectl apply -f thingsboard.yml -f tb-node.yml -f routes.yml',
  ]),
  ...setsOf('dapr/quickstarts', [
    'tutorials/hello-kubernetes | kubectl apply -f deploy',
    'tutorials/distributed-calculator | kubectl apply -f deploy',
  ]),
  ...setsOf('scriptcamp/kubernetes-jenkins', [
    ' | kubectl create namespace devops-tools; kubectl apply -f serviceAccount.yaml; kubectl create -f volume.yaml; kubectl apply -f deployment.yaml; kubectl apply -f service.yaml',
  ]),
  ...setsOf('rancher/fleet-examples', [
    'simple',
    'hardened',
    'single-cluster/kustomize | kubectl apply -k .',
    'multi-cluster/kustomize | kubectl apply -k overlays/prod',
  ]),
  ...setsOf('rancher/system-upgrade-controller', [
    ' | kubectl apply -f pkg/crds/yaml/generated; kubectl apply -k .; kubectl apply -f examples/k3s-upgrade.yaml',
  ]),
  ...setsOf('keycloak/keycloak-quickstarts', ['kubernetes | kubectl create -f keycloak.yaml']),
  ...setsOf('spiffe/spire-tutorials', [
    'k8s/quickstart | kubectl apply -k .',
    'k8s/quickstart | kubectl apply -f spire-namespace.yaml; kubectl apply -f server-account.yaml -f spire-bundle-configmap.yaml -f server-cluster-role.yaml; kubectl apply -f server-configmap.yaml -f server-statefulset.yaml -f server-service.yaml; kubectl apply -f agent-account.yaml -f agent-cluster-role.yaml; kubectl apply -f agent-configmap.yaml -f agent-daemonset.yaml; kubectl apply -f client-deployment.yaml',
  ]),
  ...setsOf('stakater/Reloader', [
    'deployments/kubernetes | kubectl apply -f reloader.yaml',
    'deployments/kubernetes | kubectl apply -k .',
  ]),
  ...setsOf('kubereboot/kured', [' | kubectl apply -f kured-rbac.yaml -f kured-ds.yaml']),
  ...setsOf('aquasecurity/kube-bench', [
    ' | kubectl apply -f job.yaml',
    ' | kubectl apply -f job-master.yaml -f job-node.yaml',
  ]),
  ...setsOf('vmware-tanzu/velero', [
    ' | kubectl apply -f config/crd/v1/bases -f config/crd/v2alpha1/bases; kubectl apply -f examples/minio/00-minio-deployment.yaml; kubectl apply -f examples/nginx-app/base.yaml',
    ' | kubectl apply -f examples/nginx-app/with-pv.yaml',
  ]),
  ...setsOf('openebs/dynamic-localpv-provisioner', [
    'deploy/kubectl | kubectl apply -f hostpath-operator.yaml -f openebs-hostpath-sc.yaml; kubectl apply -f busybox-localpv-path.yaml',
    'deploy/kubectl | kubectl apply -f openebs-operator-lite.yaml; kubectl apply -f openebs-hostpath-sc.yaml',
  ]),
  ...setsOf('kubernetes-csi/csi-driver-nfs', [
    'deploy | kubectl apply -f rbac-csi-nfs.yaml -f csi-nfs-driverinfo.yaml -f csi-nfs-controller.yaml -f csi-nfs-node.yaml; kubectl create -f example/nfs-provisioner/nfs-server.yaml; kubectl create -f example/storageclass-nfs.yaml; kubectl create -f example/deployment.yaml; kubectl create -f example/statefulset.yaml',
    'deploy | kubectl apply -f crd-csi-snapshot.yaml; kubectl apply -f rbac-snapshot-controller.yaml -f csi-snapshot-controller.yaml; kubectl apply -f csi-nfs-driverinfo.yaml; kubectl apply -f example/storageclass-nfs.yaml -f example/pvc-nfs-csi-dynamic.yaml -f example/nginx-pod-nfs.yaml; kubectl apply -f example/snapshot/snapshotclass-nfs.yaml; kubectl apply -f example/snapshot',
  ]),
  ...setsOf('kubernetes-csi/csi-driver-host-path', [
    ' | kubectl apply -f deploy/kubernetes-1.34/hostpath/csi-hostpath-driverinfo.yaml -f deploy/kubernetes-1.34/hostpath/csi-hostpath-plugin.yaml; kubectl apply -f examples/csi-storageclass.yaml -f examples/csi-pvc.yaml -f examples/csi-app.yaml; kubectl apply -f examples/csi-app-inline.yaml -f examples/csi-pvc-block.yaml -f examples/csi-pod-block.yaml',
  ]),
  ...setsOf('kubernetes-sigs/aws-ebs-csi-driver', [
    'deploy/kubernetes | kubectl apply -k overlays/stable',
    'examples/kubernetes | kubectl apply -f dynamic-provisioning/manifests; kubectl apply -f storageclass/manifests',
    'examples/kubernetes/resizing | kubectl apply -f manifests; kubectl patch pvc ebs-claim -p \'{"spec":{"resources":{"requests":{"storage":"8Gi"}}}}\'',
    'examples/kubernetes | kubectl apply -f block-volume/manifests',
  ]),
  ...setsOf('kubernetes-sigs/sig-storage-local-static-provisioner', [
    'deployment/kubernetes/example | kubectl apply -f default_example_storageclass.yaml -f default_example_provisioner_generated.yaml',
    'examples | kubectl apply -f manual-pv.yaml -f simple-pvc.yaml -f local-statefulset.yaml',
  ]),
  ...setsOf('kubernetes-sigs/jobset', [
    'config | kubectl apply --server-side -k default',
    ' | kubectl apply --server-side -k config/default; kubectl apply -f site/static/examples/simple',
  ]),
  ...setsOf('kubernetes-sigs/kwok', [
    'kustomize | kubectl apply -k crd; kubectl apply -k kwok; kubectl apply -k stage/fast',
  ]),
  ...setsOf('kubernetes-sigs/aws-load-balancer-controller', [
    'docs/examples | kubectl apply -f 2048/2048_full.yaml',
    'config | kubectl apply -k crd; kubectl apply -k default',
  ]),
  ...setsOf('percona/percona-xtradb-cluster-operator', [
    'deploy | kubectl apply --server-side -f bundle.yaml; kubectl apply -f cr.yaml',
    'deploy | kubectl apply -f bundle.yaml',
  ]),
  ...setsOf('cockroachdb/cockroach-operator', [
    ' | kubectl apply -f install/crds.yaml; kubectl apply -f install/operator.yaml; kubectl create -f examples/example.yaml',
  ]),
  ...setsOf('pingcap/tidb-operator', [
    ' | kubectl apply -f manifests/crd --server-side; kubectl apply -f examples/basic/00-cluster.yaml -f examples/basic/01-pd.yaml -f examples/basic/02-tikv.yaml -f examples/basic/03-tidb.yaml',
  ]),
  ...setsOf('OT-CONTAINER-KIT/redis-operator', [
    'config | kubectl apply --server-side -k crd; kubectl apply -k samples',
    'config | kubectl apply --server-side -k default',
  ]),
  ...setsOf('apache/solr-operator', [
    ' | kubectl create -f config/dependencies/zookeeper_cluster_crd.yaml; kubectl create -k config/crd; kubectl create -f example/test_solrcloud.yaml',
  ]),
  ...setsOf('nats-io/nats-operator', [
    ' | kubectl apply -f deploy; kubectl apply -f example/example-nats-cluster.yaml',
  ]),
  ...setsOf('prometheus-operator/prometheus-operator', [
    'example | kubectl create -f prometheus-operator-crd; kubectl apply -f rbac/prometheus-operator; kubectl apply -f rbac/prometheus; kubectl apply -f user-guides/getting-started',
    'example | kubectl create -f prometheus-operator-crd; kubectl apply -f thanos',
  ]),
  ...setsOf('external-secrets/external-secrets', [
    ' | kubectl apply --server-side -f deploy/crds/bundle.yaml',
  ]),
  ...setsOf('crossplane/crossplane', [' | kubectl apply -f cluster/crds']),
  ...setsOf('tektoncd/pipeline', [' | kubectl apply -f config/100-namespace; kubectl apply -R -f config']),
  ...setsOf('tektoncd/triggers', [' | kubectl create namespace tekton-pipelines; kubectl apply -f config']),
  ...setsOf('openfaas/faas-netes', [' | kubectl apply -f namespaces.yml; kubectl apply -f artifacts/crds']),
  ...setsOf('haproxytech/kubernetes-ingress', [
    'deploy/tests/config | kubectl apply -f 0.namespace.yaml -f 1.rbac.yaml -f 2.configmap.yaml -f 2.2.ingressclass.yaml -f 3.ingress-controller.yaml -f echo-app.yaml',
  ]),
  ...setsOf('acrlabs/simkube', [
    'k8s/kustomize | kubectl apply -k prod',
    'k8s/kustomize | kubectl apply -k sim',
  ]),
  ...setsOf('kyverno/kyverno', [' | kubectl create -R -f config/crds; kubectl apply -f test/best_practices']),
];
