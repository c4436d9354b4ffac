/**
 * What the examples in Kubernetes' documentation make, by their paths below `https://k8s.io/examples/`:
 * nothing is fetched, and these are at hand.
 */
const EXAMPLES: Readonly<Record<string, string>> = {
  'pods/simple-pod.yaml': `apiVersion: v1
kind: Pod
metadata: {name: nginx}
spec: {containers: [{name: nginx, image: "nginx:1.14.2", ports: [{containerPort: 80}]}]}
`,
  'pods/probe/exec-liveness.yaml': `apiVersion: v1
kind: Pod
metadata: {name: liveness-exec, labels: {test: liveness}}
spec:
  containers:
  - name: liveness
    image: registry.k8s.io/busybox:1.27.2
    args: [/bin/sh, -c, touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600]
    livenessProbe: {exec: {command: [cat, /tmp/healthy]}, initialDelaySeconds: 5, periodSeconds: 5}
`,
  'pods/probe/http-liveness.yaml': `apiVersion: v1
kind: Pod
metadata: {name: liveness-http, labels: {test: liveness}}
spec:
  containers:
  - name: liveness
    image: registry.k8s.io/e2e-test-images/agnhost:2.40
    args: [liveness]
    livenessProbe:
      httpGet: {path: /healthz, port: 8080, httpHeaders: [{name: Custom-Header, value: Awesome}]}
      initialDelaySeconds: 3
      periodSeconds: 3
`,
  'pods/probe/tcp-liveness-readiness.yaml': `apiVersion: v1
kind: Pod
metadata: {name: goproxy, labels: {app: goproxy}}
spec:
  containers:
  - name: goproxy
    image: registry.k8s.io/goproxy:0.1
    ports: [{containerPort: 8080}]
    readinessProbe: {tcpSocket: {port: 8080}, initialDelaySeconds: 15, periodSeconds: 10}
    livenessProbe: {tcpSocket: {port: 8080}, initialDelaySeconds: 15, periodSeconds: 10}
`,
  'pods/share-process-namespace.yaml': `apiVersion: v1
kind: Pod
metadata: {name: nginx}
spec:
  shareProcessNamespace: true
  containers:
  - {name: nginx, image: nginx}
  - name: shell
    image: busybox:1.28
    command: [sleep, "3600"]
    securityContext: {capabilities: {add: [SYS_PTRACE]}}
    stdin: true
    tty: true
`,
  'controllers/replication.yaml': `apiVersion: v1
kind: ReplicationController
metadata: {name: nginx}
spec:
  replicas: 3
  selector: {app: nginx}
  template:
    metadata: {name: nginx, labels: {app: nginx}}
    spec: {containers: [{name: nginx, image: nginx, ports: [{containerPort: 80}]}]}
`,
  'controllers/frontend.yaml': `apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: frontend, labels: {app: guestbook, tier: frontend}}
spec:
  replicas: 3
  selector: {matchLabels: {tier: frontend}}
  template:
    metadata: {labels: {tier: frontend}}
    spec:
      containers: [{name: php-redis, image: "us-docker.pkg.dev/google-samples/containers/gke/gb-frontend:v5"}]
`,
  'controllers/nginx-deployment.yaml': nginxDeployment(
    3,
    '1.14.2',
    '{name: nginx-deployment, labels: {app: nginx}}',
  ),
  'application/deployment.yaml': nginxDeployment(2, '1.14.2'),
  'application/deployment-update.yaml': nginxDeployment(2, '1.16.1'),
  'application/deployment-scale.yaml': nginxDeployment(4, '1.16.1'),
  'controllers/job.yaml': `apiVersion: batch/v1
kind: Job
metadata: {name: pi}
spec:
  template:
    spec:
      containers:
      - {name: pi, image: "perl:5.34.0", command: [perl, "-Mbignum=bpi", -wle, print bpi(2000)]}
      restartPolicy: Never
  backoffLimit: 4
`,
  'application/job/cronjob.yaml': `apiVersion: batch/v1
kind: CronJob
metadata: {name: hello}
spec:
  schedule: "* * * * *"
  jobTemplate:
    spec:
      template:
        spec:
          containers:
          - name: hello
            image: busybox:1.28
            imagePullPolicy: IfNotPresent
            command: [/bin/sh, -c, date; echo Hello from the Kubernetes cluster]
          restartPolicy: OnFailure
`,
  'application/php-apache.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: php-apache}
spec:
  selector: {matchLabels: {run: php-apache}}
  template:
    metadata: {labels: {run: php-apache}}
    spec:
      containers:
      - name: php-apache
        image: registry.k8s.io/hpa-example
        ports: [{containerPort: 80}]
        resources: {limits: {cpu: 500m}, requests: {cpu: 200m}}
---
apiVersion: v1
kind: Service
metadata: {name: php-apache, labels: {run: php-apache}}
spec: {ports: [{port: 80}], selector: {run: php-apache}}
`,
};

/** The bundled copy of what is at an address, if there is one. */
export function bundledCopy(url: string): string | undefined {
  const path = ADDRESS.exec(url)?.[1] ?? '';
  return Object.hasOwn(EXAMPLES, path) ? EXAMPLES[path] : undefined;
}

/** Addresses of all that is bundled. */
export const BUNDLED_URLS: readonly string[] = Object.keys(EXAMPLES).map(
  (path) => `https://k8s.io/examples/${path}`,
);

/** The short address leads to the others. */
const ADDRESS =
  /^https?:\/\/(?:(?:www\.)?(?:k8s\.io|kubernetes\.io)\/examples|raw\.githubusercontent\.com\/kubernetes\/website\/\w+\/content\/en\/examples)\/(.+)$/;

function nginxDeployment(replicas: number, version: string, metadata = '{name: nginx-deployment}'): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: ${metadata}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: nginx}}
  template:
    metadata: {labels: {app: nginx}}
    spec: {containers: [{name: nginx, image: "nginx:${version}", ports: [{containerPort: 80}]}]}
`;
}
