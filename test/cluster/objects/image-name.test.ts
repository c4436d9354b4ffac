import { expect, test } from 'vitest';
import {
  defaultPullPolicy,
  normalizedImageName,
  parseImageName,
} from '../../../src/cluster/objects/image-name.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

test.each`
  image                                 | normalized                                  | policy
  ${'nginx'}                            | ${'docker.io/library/nginx:latest'}         | ${'Always'}
  ${'nginx:1.25'}                       | ${'docker.io/library/nginx:1.25'}           | ${'IfNotPresent'}
  ${'nginx:latest'}                     | ${'docker.io/library/nginx:latest'}         | ${'Always'}
  ${'bitnami/redis:7'}                  | ${'docker.io/bitnami/redis:7'}              | ${'IfNotPresent'}
  ${'docker.io/nginx'}                  | ${'docker.io/library/nginx:latest'}         | ${'Always'}
  ${'index.docker.io/nginx:1'}          | ${'docker.io/library/nginx:1'}              | ${'IfNotPresent'}
  ${'k8s.gcr.io/busybox'}               | ${'k8s.gcr.io/busybox:latest'}              | ${'Always'}
  ${'registry.k8s.io/e2e/agnhost:2.40'} | ${'registry.k8s.io/e2e/agnhost:2.40'}       | ${'IfNotPresent'}
  ${'localhost/app'}                    | ${'localhost/app:latest'}                   | ${'Always'}
  ${'localhost:5000/app:v1'}            | ${'localhost:5000/app:v1'}                  | ${'IfNotPresent'}
  ${`nginx@${digest}`}                  | ${`docker.io/library/nginx@${digest}`}      | ${'IfNotPresent'}
  ${`nginx:1.25@${digest}`}             | ${`docker.io/library/nginx:1.25@${digest}`} | ${'IfNotPresent'}
`('$image is $normalized and is pulled $policy', ({ image, normalized, policy }) => {
  expect(normalizedImageName(image)).toBe(normalized);
  expect(defaultPullPolicy(image)).toBe(policy);
});

test.each([
  '',
  'Nginx',
  'nginx:',
  'a b',
  'nginx:ta g',
  '-nginx',
  'x//y',
  'nginx@sha256:1',
  'f'.repeat(64).replace(/f/g, 'a'),
])('"%s" names no image', (image) => {
  expect(parseImageName(image)).toBeUndefined();
  expect(defaultPullPolicy(image)).toBe('IfNotPresent');
});
