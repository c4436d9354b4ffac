import type { Files } from '../../../src/cluster/clients/files.ts';

const workload = (kind: string, name: string, app: string) => `apiVersion: apps/v1
kind: ${kind}
metadata: {name: ${name}}
spec:
  replicas: 3
  selector: {matchLabels: {app: ${app}}}
  template:
    metadata: {labels: {app: ${app}}}
    spec:
      containers:
      - {name: nginx-container, image: "nginx:1.16", ports: [{containerPort: 80}]}
`;

/** The manifests that course notes print beside their commands. */
export const CURRICULUM_FILES: Files = {
  'go-http-pod.yaml': `apiVersion: v1
kind: Pod
metadata: {name: http-go}
spec: {containers: [{name: http-go, image: gasbugs/http-go, ports: [{containerPort: 8080}]}]}
`,
  'jenkins-pod.yaml': `apiVersion: v1
kind: Pod
metadata: {name: jenkins-manual}
spec: {containers: [{name: jenkins, image: jenkins/jenkins:lts-jdk11, ports: [{containerPort: 8080}]}]}
`,
  'exec-liveness.yaml': `apiVersion: v1
kind: Pod
metadata: {name: liveness-exec}
spec:
  containers:
  - name: liveness
    image: registry.k8s.io/busybox:1.27.2
    args: [/bin/sh, -c, touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600]
    livenessProbe: {exec: {command: [cat, /tmp/healthy]}, initialDelaySeconds: 5, periodSeconds: 5}
`,
  'https://k8s.io/examples/pods/probe/http-liveness.yaml': `apiVersion: v1
kind: Pod
metadata: {name: liveness-http, labels: {test: liveness}}
spec:
  containers:
  - name: liveness
    image: registry.k8s.io/e2e-test-images/agnhost:2.40
    args: [liveness]
    livenessProbe: {httpGet: {path: /healthz, port: 8080}, initialDelaySeconds: 3, periodSeconds: 3}
`,
  'sample-rs.yaml': workload('ReplicaSet', 'sample-rs', 'sample-app'),
  'sample-deployment.yaml': workload('Deployment', 'sample-deployment', 'deployed-app'),
  'sample-clusterip.yaml': `apiVersion: v1
kind: Service
metadata: {name: sample-clusterip}
spec: {selector: {app: sample-app}, ports: [{name: http-port, port: 8080, targetPort: 80}]}
`,
  'sample-label.yaml': `apiVersion: v1
kind: Pod
metadata: {name: sample-label, labels: {label1: val1}}
spec: {containers: [{name: c, image: "nginx:1.16"}]}
`,
  'overlays/prod/kustomization.yaml': `namePrefix: prod-
configMapGenerator:
- name: settings
  literals: [mode=fast]
`,
};
