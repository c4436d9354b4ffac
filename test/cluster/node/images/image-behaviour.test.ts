import { describe, expect, test } from 'vitest';
import { imageBehaviour } from '../../../../src/cluster/node/images/image-behaviour.ts';
import type { ImageDefinition } from '../../../../src/cluster/node/images/image-definition.ts';

describe('an image is not there when its tag or its name says so', () => {
  test.each([
    'nginx:1.161',
    'nginx:doesnotexist',
    'nginx:v1.25',
    'nginx:wrong',
    'busybox:9',
    'busybox:1.99',
    'redis:99',
    'postgres:8.4',
    'alpine:4',
    'nosuchimage:v1',
    'no-such-image',
    'example.com/team/does-not-exist:1',
    'nonexistent/app',
    'registry.invalid/app:1',
    'app:notfound',
    'library/Nginx:UPPER',
  ])('%s', (reference) => {
    expect(imageBehaviour(reference, {}).pullFailure).toBe('notFound');
  });
});

describe('every other image is there', () => {
  test.each([
    'nginx',
    'nginx:1.16',
    'nginx:1.25.3-alpine',
    'nginx:stable-alpine',
    'docker.io/library/nginx:1.29',
    'bitnami/nginx:1.25',
    'busybox:1.36',
    'busybox:1.28.4',
    'busybox:musl',
    'quay.io/calico/node:v3.26.1',
    'registry.example.com/shop/redis:build-17',
    'k8s.gcr.io/busybox',
    'registry.k8s.io/e2e-test-images/agnhost:2.40',
    'registry.k8s.io/pause:3.9',
    'redis:7-alpine',
    'redis:6.2.6-alpine3.15',
    'postgres:16-bookworm',
    'mysql:8.0.36',
    'mysql:5.7',
    'mariadb:10.11',
    'mongo:7.0-jammy',
    'rabbitmq:3.12-management',
    'python:3.11-slim',
    'node:18-alpine',
    'node:lts',
    'perl:5.34.0',
    'httpd:2.4',
    'alpine:3.19',
    'my.registry:5000/team/app:v1.2.3',
    'app@sha256:0000000000000000000000000000000000000000000000000000000000000000',
  ])('%s', (reference) => {
    expect(imageBehaviour(reference, {}).pullFailure).toBeUndefined();
  });
});

describe('what an image is called does not depend on where it is pulled from', () => {
  test.each([
    ['nginx', 'quay.io/team/nginx:1.25'],
    ['k8s.gcr.io/pause:3.1', 'registry.k8s.io/pause:3.9'],
    ['gcr.io/google_containers/echoserver:1.4', 'registry.k8s.io/echoserver:1.10'],
    ['gcr.io/google-samples/hello-app:1.0', 'us-docker.pkg.dev/google-samples/containers/gke/hello-app:1.0'],
  ])('%s and %s', (one, other) => {
    expect(imageBehaviour(one, {}).programs).toEqual(imageBehaviour(other, {}).programs);
  });
});

describe('whose tools an image has', () => {
  test.each([
    ['busybox', 'busybox'],
    ['nginx', 'gnu'],
    ['nginx:1.25-alpine', 'busybox'],
    ['redis:alpine', 'busybox'],
    ['registry.k8s.io/pause', 'none'],
    ['python:3.11-slim', 'gnu'],
    ['somebody/something', 'busybox'],
  ])('%s: %s', (reference, userland) => {
    expect(imageBehaviour(reference, {}).userland).toBe(userland);
  });
});

test('of an unknown image something is guessed, and that is told', () => {
  const unknown = imageBehaviour('example.com/team/app:v1', {});
  expect(unknown.notice).toContain('example.com/team/app:v1');
  const [program, task] = Object.values(unknown.programs);
  expect(program).toMatchObject({ listens: [{ port: 'declared' }], onSignal: { TERM: { code: 0 } } });
  expect([program?.exits, task?.exits?.code]).toEqual([undefined, 0]);
  expect(imageBehaviour('nginx', {}).notice).toBeUndefined();
});

describe('the images of a scenario', () => {
  const own: ImageDefinition = {
    sizeBytes: 5,
    program: { exits: { afterMs: 1000, code: 3 } },
    files: { '/etc/app.conf': 'x' },
    directories: ['/data'],
    pull: { takesMs: 7 },
  };

  test('come before the catalogue, however they are written', () => {
    for (const reference of ['nginx:1.161', 'docker.io/library/nginx:1.161']) {
      const image = imageBehaviour(reference, { 'nginx:1.161': own });
      expect(image).toMatchObject({ sizeBytes: 5, pullTakesMs: 7, entrypoint: ['/app'] });
      expect(image.pullFailure).toBeUndefined();
      expect(image.programs['/app']).toBe(own.program);
      expect(image.files['/etc/app.conf']).toEqual({
        kind: 'file',
        mode: 0o644,
        modifiedAt: 0,
        content: 'x',
      });
      expect(image.files['/data']?.kind).toBe('directory');
    }
  });

  test('may fail to be pulled in words of their own', () => {
    const image = imageBehaviour('app:v1', { 'app:v1': { pull: { error: 'unauthorized: no' } } });
    expect(image.pullFailure).toEqual({ text: 'unauthorized: no' });
  });

  test('are those of the scenario that asks', () => {
    const other: ImageDefinition = { ...own, sizeBytes: 6 };
    expect(imageBehaviour('app', { app: own }).sizeBytes).toBe(5);
    expect(imageBehaviour('app', { app: other }).sizeBytes).toBe(6);
    expect(imageBehaviour('app', {}).notice).toBeDefined();
  });
});

test('a program of which nothing else is known makes the Secrets that other pods wait for', () => {
  const { programs, isUnknown } = imageBehaviour('quay.io/metallb/controller:v0.14.9', {});
  expect(isUnknown).toBe(true);
  expect(Object.values(programs).map(({ makesSecrets }) => makesSecrets?.[0]?.name)).toContain('memberlist');
});
