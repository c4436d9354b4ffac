import { inVersion, type KubeVersion, type Since } from '../objects/versions.ts';

/** Where Kubernetes' own images are (kubeadm: DefaultImageRepository). */
const REGISTRY: Since<string> = [
  [0, 'k8s.gcr.io'],
  [25, 'registry.k8s.io'],
];

/** kubeadm: constants.go, CoreDNSVersion; before 1.21 the image lay with the others, its tag without a v. */
const COREDNS: Since<string> = [
  [0, 'coredns:1.7.0'],
  [21, 'coredns/coredns:v1.8.0'],
  [22, 'coredns/coredns:v1.8.4'],
  [23, 'coredns/coredns:v1.8.6'],
  [25, 'coredns/coredns:v1.9.3'],
  [27, 'coredns/coredns:v1.10.1'],
  [29, 'coredns/coredns:v1.11.1'],
  [31, 'coredns/coredns:v1.11.3'],
  [33, 'coredns/coredns:v1.12.0'],
  [34, 'coredns/coredns:v1.12.1'],
  [35, 'coredns/coredns:v1.13.1'],
  [36, 'coredns/coredns:v1.14.2'],
];

/** kubeadm: constants.go, PauseVersion. */
const PAUSE: Since<string> = [
  [0, '3.2'],
  [21, '3.4.1'],
  [22, '3.5'],
  [23, '3.6'],
  [24, '3.7'],
  [25, '3.8'],
  [26, '3.9'],
  [31, '3.10'],
  [34, '3.10.1'],
  [36, '3.10.2'],
];

/** kubeadm: constants.go, DefaultEtcdVersion, with the number of the image's own build. */
const ETCD: Since<string> = [
  [0, '3.4.13-0'],
  [22, '3.5.0-0'],
  [23, '3.5.1-0'],
  [24, '3.5.3-0'],
  [25, '3.5.4-0'],
  [26, '3.5.6-0'],
  [27, '3.5.7-0'],
  [28, '3.5.9-0'],
  [29, '3.5.10-0'],
  [30, '3.5.12-0'],
  [31, '3.5.15-0'],
  [32, '3.5.16-0'],
  [33, '3.5.21-0'],
  [34, '3.6.4-0'],
  [35, '3.6.6-0'],
  [36, '3.6.8-0'],
];

/** The image of a program that is released with Kubernetes itself: `kube-scheduler`, `kube-proxy`. */
export function kubernetesImage(program: string, version: KubeVersion): string {
  return `${inVersion(REGISTRY, version)}/${program}:v1.${version.minor}.${version.patch}`;
}

export function etcdImage(version: KubeVersion): string {
  return `${inVersion(REGISTRY, version)}/etcd:${inVersion(ETCD, version)}`;
}

export function corednsImage(version: KubeVersion): string {
  return `${inVersion(REGISTRY, version)}/${inVersion(COREDNS, version)}`;
}

export function pauseImage(version: KubeVersion): string {
  return `${inVersion(REGISTRY, version)}/pause:${inVersion(PAUSE, version)}`;
}

/** All that kubeadm needs of a version, in the order of `kubeadm config images list`. */
export function kubeadmImages(version: KubeVersion): readonly string[] {
  return [
    ...['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kube-proxy'].map((program) =>
      kubernetesImage(program, version),
    ),
    corednsImage(version),
    pauseImage(version),
    etcdImage(version),
  ];
}
