import { etcdImage } from '../kubeadm/images.ts';
import type { KubeVersion } from '../objects/versions.ts';

/** Which etcd kubeadm pairs with a Kubernetes: `3.6.8`. */
export function etcdVersion(version: KubeVersion): string {
  const [, tag = ''] = etcdImage(version).split(':');
  return tag.replace(/-\d+$/, '');
}

/** The series that decides how the tools print: `3.4`, `3.5`, `3.6`. */
export type EtcdSeries = '3.4' | '3.5' | '3.6';

export function etcdSeries(version: KubeVersion): EtcdSeries {
  return etcdVersion(version).slice(0, 3) as EtcdSeries;
}
