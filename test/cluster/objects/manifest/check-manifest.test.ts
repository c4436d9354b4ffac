import { expect, test } from 'vitest';
import { checkManifest } from '../../../../src/cluster/objects/manifest/check-manifest.ts';
import { readManifest } from '../../../../src/cluster/objects/manifest/read-manifest.ts';

const manifest = `apiVersion: v1
kind: Pod
metadata:
  name: x
  labels: {app: web, n: 1}
spec:
  containers:
  - name: c
    image: nginx
    livenesProbe: {}
    ports:
    - containerPort: "80"
    resources: {limits: {cpu: lots}}
---
apiVersion: apps/v1
kind: Deploymnt
metadata: {name: d}
---
apiVersion: v2
kind: Pod
---
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Service
  spec:
    port: 3
`;

test('everything that strict decoding would refuse is told, with its place and what to do', () => {
  const told = checkManifest(readManifest(manifest, 'all.yaml')).map(
    ({ line, column, message, hint }) =>
      `${line}:${column} ${message}${hint === undefined ? '' : ` (${hint})`}`,
  );
  expect(told).toEqual([
    '5:22 json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string (YAML reads this as another type: put it in quotes)',
    '10:5 unknown field "spec.containers[0].livenesProbe" (did you mean "livenessProbe"?)',
    '12:7 json: cannot unmarshal string into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32 (write the number without quotes)',
    "13:26 quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    '16:1 no matches for kind "Deploymnt" in version "apps/v1" (did you mean kind "Deployment"?)',
    '20:1 no matches for kind "Pod" in version "v2" (Pod is in apiVersion "v1")',
    '28:5 unknown field "spec.port" (did you mean "ports"?)',
  ]);
});

test('a file without mistakes has no problems', () => {
  const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {yes: "no"}\n';
  expect(checkManifest(readManifest(text, 'a.yaml'))).toEqual([]);
});
