import type { Files } from '../../../src/cluster/clients/files.ts';

/** A pod that counts, one of several containers, a deployment of two that sleep. */
export const POD_FILES: Files = {
  'web.yaml': `apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec:
  containers:
  - name: main
    image: busybox:1.36
    command: [sh, -c, 'i=0; while true; do echo line $i; i=$((i+1)); sleep 2; done']
`,
  'two.yaml': `apiVersion: v1
kind: Pod
metadata: {name: two}
spec:
  initContainers:
  - {name: setup, image: "busybox:1.36", command: [sh, -c, 'echo set up']}
  containers:
  - {name: a, image: "busybox:1.36", command: [sh, -c, 'echo from a; sleep 3600']}
  - {name: b, image: "busybox:1.36", command: [sh, -c, 'echo from b; exit 3']}
`,
  'deploy.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
spec:
  replicas: 2
  selector: {matchLabels: {app: d}}
  template:
    metadata: {labels: {app: d}}
    spec: {containers: [{name: c, image: "busybox:1.36", command: [sleep, 1d]}]}
`,
};
