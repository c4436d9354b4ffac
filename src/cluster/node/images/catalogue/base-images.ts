import { type CatalogueEntry, mebibytes } from './catalogue-entry.ts';
import { releases } from './releases.ts';

/** Images that bring tools and a shell, and do what they are told. */
export const baseImages: readonly CatalogueEntry[] = [
  {
    repositories: ['busybox'],
    tags: releases('1(\\.(\\d|[12]\\d|3[0-9])(\\.\\d)?)?|unstable'),
    image: { sizeBytes: 2_156_519, cmd: ['sh'], userland: 'busybox', directories: ['/lib', '/lib64'] },
  },
  {
    repositories: ['alpine'],
    tags: releases('3(\\.(\\d|1\\d|2[0-3])(\\.\\d{1,2})?)?|2\\.\\d|edge|20\\d{6}'),
    image: { sizeBytes: 3_623_807, cmd: ['/bin/sh'], userland: 'busybox' },
  },
  {
    repositories: [
      'debian',
      'ubuntu',
      'centos',
      'rockylinux',
      'almalinux',
      'fedora',
      'amazonlinux',
      'debian-base',
    ],
    image: { sizeBytes: mebibytes(47), cmd: ['bash'], userland: 'gnu' },
  },
  {
    repositories: ['bash'],
    image: { sizeBytes: mebibytes(6), cmd: ['bash'], userland: 'busybox', commands: ['bash'] },
  },
  {
    repositories: ['curl', 'curlimages/curl', 'appropriate/curl', 'radial/busyboxplus'],
    image: {
      sizeBytes: mebibytes(9),
      entrypoint: ['curl'],
      cmd: ['--help'],
      userland: 'busybox',
      commands: ['curl'],
      uid: 100,
    },
  },
  {
    repositories: [
      'netshoot',
      'amsy810/tools',
      'dnsutils',
      'jessie-dnsutils',
      'network-multitool',
      'toolbox',
    ],
    image: { sizeBytes: mebibytes(120), cmd: ['sh'], userland: 'busybox', commands: ['bash', 'curl', 'dig'] },
  },
  {
    repositories: ['pause', 'pause-amd64'],
    image: {
      sizeBytes: 318_731,
      entrypoint: ['/pause'],
      userland: 'none',
      program: {
        onSignal: {
          TERM: { code: 0, text: 'Shutting down, got signal: Terminated\n', stream: 'stderr' },
          INT: { code: 0, text: 'Shutting down, got signal: Interrupt\n', stream: 'stderr' },
        },
        memory: [{ atMs: 0, bytes: mebibytes(0.5) }],
      },
    },
  },
  {
    repositories: ['stress', 'polinux/stress', 'progrium/stress', 'stress-ng', 'vish/stress'],
    image: {
      sizeBytes: mebibytes(6),
      entrypoint: ['stress'],
      userland: 'busybox',
      programs: {
        stress: {
          logs: [{ afterMs: 0, text: 'stress: info: [1] dispatching hogs: {args}\n' }],
          cpus: 1,
          memory: [
            { atMs: 0, bytes: mebibytes(1) },
            { atMs: 500, bytes: { option: ['--vm-bytes', '-mem-total'], default: mebibytes(256) } },
          ],
          onSignal: { TERM: { code: 0 } },
        },
      },
    },
  },
  {
    repositories: ['hello-world'],
    image: {
      sizeBytes: 2_500,
      entrypoint: ['/hello'],
      userland: 'none',
      program: {
        logs: [
          {
            afterMs: 0,
            text: '\nHello from Docker!\nThis message shows that your installation appears to be working correctly.\n\n',
          },
        ],
        exits: { afterMs: 0, code: 0 },
      },
    },
  },
];
