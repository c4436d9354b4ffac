import { expect, test } from 'vitest';
import { usedFiles } from '../../../src/scenario/language/used-files.ts';

const FILES = {
  'web.yaml': 'a',
  'other.yaml': 'b',
  'base/kustomization.yaml': 'resources: [web.yaml]\nconfigMapGenerator:\n- files: [key=settings.txt]\n',
  'base/web.yaml': 'c',
  'base/settings.txt': 'd',
  'base/notes.md': 'e',
  'prod/kustomization.yaml':
    'resources:\n- ../base\n- https://example.com/x.yaml\npatches:\n- path: patch.yaml\n',
  'prod/patch.yaml': 'f',
};

test.each([
  ['kubectl apply -f web.yaml', ['web.yaml']],
  ['kubectl apply -f ./web.yaml,other.yaml', ['other.yaml', 'web.yaml']],
  ['kubectl get pods', []],
  [
    'kubectl apply -k prod',
    [
      'base/kustomization.yaml',
      'base/notes.md',
      'base/settings.txt',
      'base/web.yaml',
      'prod/kustomization.yaml',
      'prod/patch.yaml',
    ],
  ],
  [
    'kubectl apply -f https://k8s.io/examples/pods/simple-pod.yaml',
    ['https://k8s.io/examples/pods/simple-pod.yaml'],
  ],
  ['kubectl apply -f https://example.com/x.yaml', []],
])('%s uses %j', (line, paths) => {
  const used = usedFiles([line], FILES);
  expect(Object.keys(used)).toEqual(paths);
  for (const text of Object.values(used)) expect(text).not.toBe('');
});
