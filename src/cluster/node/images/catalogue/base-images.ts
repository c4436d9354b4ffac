import { type CatalogueEntry, mebibytes } from './catalogue-entry.ts';

const COMMON_TAG =
  /^(latest|stable|edge|musl|glibc|uclibc|\d+(\.\d+){0,2}(-[a-z0-9.]+)*|[a-z]+(-[a-z0-9.]+)*)$/;

/** Images that bring tools and a shell, and do what they are told. */
export const baseImages: readonly CatalogueEntry[] = [
  {
    repositories: ['busybox'],
    tags: COMMON_TAG,
    image: { sizeBytes: 2_156_519, cmd: ['sh'], userland: 'busybox' },
  },
  {
    repositories: ['alpine'],
    tags: COMMON_TAG,
    image: { sizeBytes: 3_623_807, cmd: ['/bin/sh'], userland: 'busybox' },
  },
  {
    repositories: [
      'debian',
      'ubuntu',
      'debian-base',
      'centos',
      'rockylinux',
      'almalinux',
      'fedora',
      'amazonlinux',
    ],
    image: { sizeBytes: mebibytes(47), cmd: ['bash'], userland: 'gnu', commands: ['bash'] },
  },
  {
    repositories: ['bash'],
    image: { sizeBytes: mebibytes(6), cmd: ['bash'], userland: 'busybox', commands: ['bash'] },
  },
  {
    repositories: ['curl', 'curlimages/curl'],
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
    image: {
      sizeBytes: mebibytes(120),
      cmd: ['sh'],
      userland: 'busybox',
      commands: ['bash', 'curl', 'dig', 'nc', 'nslookup', 'wget'],
    },
  },
  {
    repositories: ['perl', 'python', 'node', 'ruby', 'golang', 'openjdk', 'eclipse-temurin', 'php', 'rust'],
    image: { sizeBytes: mebibytes(330), cmd: ['bash'], userland: 'gnu', commands: ['bash', 'curl'] },
  },
  {
    repositories: ['pause'],
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
    repositories: ['stress', 'polinux/stress', 'progrium/stress', 'stress-ng'],
    image: {
      sizeBytes: mebibytes(6),
      entrypoint: ['stress'],
      userland: 'busybox',
      programs: {
        stress: {
          logs: [{ afterMs: 0, text: 'stress: info: [1] dispatching hogs\n' }],
          cpus: 1,
          memory: [
            { atMs: 0, bytes: mebibytes(1) },
            { atMs: 500, bytes: { option: ['--vm-bytes'], default: mebibytes(256) } },
          ],
          onSignal: { TERM: { code: 0 } },
        },
      },
    },
  },
];
