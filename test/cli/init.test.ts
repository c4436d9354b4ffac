import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildCli, kubereel } from '../support/built-cli.ts';
import { createScratch } from '../support/scenario-folder.ts';

const scratch = createScratch();
const folder = join(scratch.path, 'My Shop');

/** It is slow to listen, and nobody asks whether it does. */
const CARELESS = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "tomcat:10", ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 8080 }] }
`;

beforeAll(buildCli);
afterAll(() => scratch.remove());

test('kubereel init writes a scenario for manifests, runs it, and tells what it found', () => {
  scratch.write('My Shop/web.yaml', CARELESS);
  const { code, stdout, stderr } = kubereel(['init', folder]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('scenario.yaml plays 1 Deployment, 1 Service.\n');
  expect(stdout).toMatch(
    /step \d+: kubectl drain node-\d .*\n {2}wanted {3}traffic web in this step: lost 0\n/,
  );
  expect(stdout).toMatch(/refused .*(?:nobody listens|no endpoint that is ready)/);
  expect(readFileSync(join(folder, 'scenario.yaml'), 'utf8')).toContain('metadata:\n  name: my-shop\n');
  expect(kubereel(['init', folder]).stderr).toContain('is there already: --force writes it anew');
});

test('kubereel init refuses a folder without manifests, and writes nothing', () => {
  const path = scratch.write('empty/values.yaml', 'a: 1\n');
  const { code, stderr } = kubereel(['init', join(path, '..')]);
  expect({ code, stderr }).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no manifest of Kubernetes'),
  });
  expect(existsSync(join(path, '../scenario.yaml'))).toBe(false);
  expect(kubereel(['init', join(scratch.path, 'nowhere')]).code).toBe(2);
});
