import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { PROGRAMS, type ProgramName } from '../../../src/cluster/contract/control-plane-rows.ts';
import { knowsFlag } from '../../../src/cluster/kubeadm/flags.ts';
import { kubeadmImages } from '../../../src/cluster/kubeadm/images.ts';
import { staticPodManifest } from '../../../src/cluster/kubeadm/static-manifests.ts';
import type { Pod } from '../../../src/cluster/objects/kubernetes.ts';

function machine(minor: number, members: Readonly<Record<string, string>> = {}) {
  return { node: 'cp-1', ip: '10.99.0.1', version: { minor, patch: 0 }, members };
}

function manifest(program: ProgramName, minor: number): Pod {
  return parse(staticPodManifest(program, machine(minor))) as Pod;
}

test.each`
  program                      | minor | image                                                | live                                           | port
  ${'etcd'}                    | ${36} | ${'registry.k8s.io/etcd:3.6.8-0'}                    | ${'/livez'}                                    | ${'probe-port'}
  ${'etcd'}                    | ${28} | ${'registry.k8s.io/etcd:3.5.9-0'}                    | ${'/health?exclude=NOSPACE&serializable=true'} | ${2381}
  ${'etcd'}                    | ${20} | ${'k8s.gcr.io/etcd:3.4.13-0'}                        | ${'/health'}                                   | ${2381}
  ${'kube-apiserver'}          | ${36} | ${'registry.k8s.io/kube-apiserver:v1.36.0'}          | ${'/livez'}                                    | ${'probe-port'}
  ${'kube-apiserver'}          | ${20} | ${'k8s.gcr.io/kube-apiserver:v1.20.0'}               | ${'/livez'}                                    | ${6443}
  ${'kube-controller-manager'} | ${30} | ${'registry.k8s.io/kube-controller-manager:v1.30.0'} | ${'/healthz'}                                  | ${10257}
  ${'kube-scheduler'}          | ${30} | ${'registry.k8s.io/kube-scheduler:v1.30.0'}          | ${'/healthz'}                                  | ${10259}
  ${'kube-scheduler'}          | ${36} | ${'registry.k8s.io/kube-scheduler:v1.36.0'}          | ${'/livez'}                                    | ${'probe-port'}
`('$program of 1.$minor is $image and lives by $live', ({ program, minor, image, live, port }) => {
  const [container] = manifest(program as ProgramName, minor as number).spec.containers;
  expect(container?.image).toBe(image);
  expect(container?.livenessProbe?.httpGet).toMatchObject({ path: live, port });
});

test.each(PROGRAMS)('%s says itself what it is started with, in flags that it knows', (program) => {
  for (const minor of [20, 28, 36]) {
    const [container] = manifest(program, minor).spec.containers;
    const [name, ...flags] = container?.command ?? [];
    expect(name).toBe(program);
    expect(flags).toEqual([...flags].sort());
    const names = flags.map((flag) => flag.slice(2, flag.indexOf('=')));
    expect(names.filter((flag) => !knowsFlag(program, flag, machine(minor)))).toEqual([]);
  }
});

test('a member of etcd that comes later names those before it, and joins them', () => {
  const text = staticPodManifest('etcd', { ...machine(36, { 'cp-0': '10.99.0.9' }), node: 'cp-1' });
  expect(text).toContain('--initial-cluster=cp-0=https://10.99.0.9:2380,cp-1=https://10.99.0.1:2380');
  expect(text).toContain('--initial-cluster-state=existing');
  expect(staticPodManifest('etcd', machine(36))).not.toContain('--initial-cluster-state');
});

test('the images of a version are those that kubeadm lists', () => {
  expect(kubeadmImages({ minor: 36, patch: 1 })).toEqual([
    'registry.k8s.io/kube-apiserver:v1.36.1',
    'registry.k8s.io/kube-controller-manager:v1.36.1',
    'registry.k8s.io/kube-scheduler:v1.36.1',
    'registry.k8s.io/kube-proxy:v1.36.1',
    'registry.k8s.io/coredns/coredns:v1.14.2',
    'registry.k8s.io/pause:3.10.2',
    'registry.k8s.io/etcd:3.6.8-0',
  ]);
  expect(kubeadmImages({ minor: 20, patch: 0 })).toContain('k8s.gcr.io/coredns:1.7.0');
});
