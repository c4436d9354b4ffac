import { inVersion, type KubeVersion, type Since } from '../objects/versions.ts';

/** Which etcd kubeadm pairs with a Kubernetes (kubeadm: constants.go, DefaultEtcdVersion). */
const PAIRED: Since<string> = [
  [0, '3.4.13'],
  [22, '3.5.0'],
  [23, '3.5.1'],
  [24, '3.5.3'],
  [25, '3.5.4'],
  [26, '3.5.6'],
  [27, '3.5.7'],
  [28, '3.5.9'],
  [29, '3.5.10'],
  [30, '3.5.12'],
  [31, '3.5.15'],
  [32, '3.5.16'],
  [33, '3.5.21'],
  [34, '3.6.4'],
  [35, '3.6.6'],
  [36, '3.6.8'],
];

/** `3.6.8` */
export function etcdVersion(version: KubeVersion): string {
  return inVersion(PAIRED, version);
}

/** The series that decides how the tools print: `3.4`, `3.5`, `3.6`. */
export type EtcdSeries = '3.4' | '3.5' | '3.6';

export function etcdSeries(version: KubeVersion): EtcdSeries {
  return etcdVersion(version).slice(0, 3) as EtcdSeries;
}
