import { describe, expect, test } from 'vitest';
import { printTables } from '../../../../../../src/cluster/clients/kubectl/print/table/print-table.ts';
import { listResources, resourceForKind } from '../../../../../../src/cluster/objects/schema/resources.ts';
import { loadObjects } from '../oracle/load-objects.ts';

const NOW = Date.parse('2026-11-21T05:10:00Z');
const objects = loadObjects('objects.yaml');

/** The wide table of the objects of a resource that the fixture holds. */
function table(name: string, minor: number): string {
  const resource = listResources().find((one) => one.name === name);
  if (resource === undefined) throw new Error(`${name} is no resource`);
  const own = objects.filter(({ apiVersion, kind }) => resourceForKind(apiVersion, kind)?.name === name);
  expect(own.length).toBeGreaterThan(0);
  const version = { minor, patch: 0 };
  return printTables([{ resource, objects: own }], { now: NOW, version, wide: true });
}

describe('the wide tables of kinds that the recordings have little of', () => {
  test('events of 1.36', () => {
    expect(
      table('events', 36),
    ).toBe(`LAST SEEN   TYPE     REASON           OBJECT        SUBOBJECT              SOURCE              MESSAGE                                                   FIRST SEEN   COUNT   NAME
<unknown>   Normal   Starting         node/node-1                          kubelet, node-1     Starting kubelet.                                         <unknown>    1       node-1.1
<unknown>   Normal   RegisteredNode   node/node-1                          node-controller     Node node-1 event: Registered Node node-1 in Controller   <unknown>    1       node-1.2
<unknown>   Normal   Pulled           pod/web-1     spec.containers{web}   kubelet, node-1     Container image "nginx:1.25" already present on machine   <unknown>    3       web-1.1
<unknown>   Normal   Scheduled        pod/web-1                            default-scheduler   Successfully assigned shop/web-1 to node-1                <unknown>    1       web-1.2
<unknown>   Normal   Killing          pod/web-1                                                of a pod that had the name before                         <unknown>    1       web-1.3
`);
  });

  test('limitranges of 1.36', () => {
    expect(table('limitranges', 36)).toBe(`NAME     CREATED AT
limits   <unknown>
`);
  });

  test('nodes of 1.36', () => {
    expect(
      table('nodes', 36),
    ).toBe(`NAME     STATUS                     ROLES    AGE    VERSION   INTERNAL-IP   EXTERNAL-IP   OS-IMAGE                         KERNEL-VERSION   CONTAINER-RUNTIME
node-1   Ready,SchedulingDisabled   worker   104s   v1.33.1   172.18.0.3    <none>        Debian GNU/Linux 12 (bookworm)   6.1.0 (amd64)    containerd://2.1.1
`);
  });

  test('persistentvolumeclaims of 1.36', () => {
    expect(
      table('persistentvolumeclaims', 36),
    ).toBe(`NAME      STATUS    VOLUME   CAPACITY   ACCESS MODES   STORAGECLASS   VOLUMEATTRIBUTESCLASS   AGE         VOLUMEMODE
data      Bound     pv-1     1Gi        RWO            fast           <unset>                 <unknown>   Filesystem
waiting   Pending                                                     <unset>                 <unknown>   <unset>
`);
  });

  test('persistentvolumes of 1.36', () => {
    expect(
      table('persistentvolumes', 36),
    ).toBe(`NAME   CAPACITY   ACCESS MODES   RECLAIM POLICY   STATUS      CLAIM       STORAGECLASS   VOLUMEATTRIBUTESCLASS   REASON   AGE         VOLUMEMODE
pv-1   1Gi        RWO,ROX        Retain           Bound       shop/data   fast           <unset>                          <unknown>   Filesystem
pv-2   2Gi        RWO            Delete           Available                              <unset>                          <unknown>   <unset>
`);
  });

  test('replicationcontrollers of 1.36', () => {
    expect(
      table('replicationcontrollers', 36),
    ).toBe(`NAME    DESIRED   CURRENT   READY   AGE         CONTAINERS   IMAGES       SELECTOR
elder   2         1         0       <unknown>   web          nginx:1.25   app=elder
`);
  });

  test('resourcequotas of 1.36', () => {
    expect(
      table('resourcequotas', 36),
    ).toBe(`NAME    REQUEST                                                     LIMIT   AGE
small   pods: 3/10, requests.cpu: 1500m/2, requests.memory: 0/1Gi           <unknown>
big     configmaps: 0/7                                                     <unknown>
`);
  });

  test('secrets of 1.36', () => {
    expect(table('secrets', 36)).toBe(`NAME          TYPE                                  DATA   AGE
token         Opaque                                1      <unknown>
robot-token   kubernetes.io/service-account-token   1      <unknown>
`);
  });

  test('serviceaccounts of 1.36', () => {
    expect(table('serviceaccounts', 36)).toBe(`NAME    AGE
robot   <unknown>
`);
  });

  test('services of 1.36', () => {
    expect(
      table('services', 36),
    ).toBe(`NAME       TYPE           CLUSTER-IP   EXTERNAL-IP                      PORT(S)                 AGE         SELECTOR
web        LoadBalancer   10.96.0.10   9.9.9.9,lb.example.com,1.2.3.4   80:30080/TCP,9090/TCP   <unknown>   app=web,tier=front
external   ExternalName   <none>       example.com                      <none>                  <unknown>   <none>
`);
  });

  test('daemonsets.apps of 1.36', () => {
    expect(
      table('daemonsets.apps', 36),
    ).toBe(`NAME    DESIRED   CURRENT   READY   UP-TO-DATE   AVAILABLE   NODE SELECTOR   AGE         CONTAINERS   IMAGES    SELECTOR
agent   3         2         1       2            1           disk=ssd        <unknown>   agent        agent:1   app=agent
`);
  });

  test('horizontalpodautoscalers.autoscaling of 1.36', () => {
    expect(
      table('horizontalpodautoscalers.autoscaling', 36),
    ).toBe(`NAME   REFERENCE        TARGETS                                             MINPODS   MAXPODS   REPLICAS   AGE
web    Deployment/web   cpu: 70%/50%, memory: <unknown>/100Mi + 4 more...   1         10        2          104s
`);
  });

  test('cronjobs.batch of 1.36', () => {
    expect(
      table('cronjobs.batch', 36),
    ).toBe(`NAME      SCHEDULE    TIMEZONE        SUSPEND   ACTIVE   LAST SCHEDULE   AGE         CONTAINERS   IMAGES         SELECTOR
nightly   0 2 * * *   Europe/Berlin   False     2        3h10m           <unknown>   main         busybox:1.36   <none>
`);
  });

  test('jobs.batch of 1.36', () => {
    expect(
      table('jobs.batch', 36),
    ).toBe(`NAME     STATUS    COMPLETIONS   DURATION   AGE         CONTAINERS   IMAGES         SELECTOR
report   Running   5/5           90s        <unknown>   main         busybox:1.36   job-name=report
`);
  });

  test('ingressclasses.networking.k8s.io of 1.36', () => {
    expect(
      table('ingressclasses.networking.k8s.io', 36),
    ).toBe(`NAME    CONTROLLER             PARAMETERS                 AGE
nginx   k8s.io/ingress-nginx   Parameters.example.com/p   <unknown>
`);
  });

  test('ingresses.networking.k8s.io of 1.36', () => {
    expect(
      table('ingresses.networking.k8s.io', 36),
    ).toBe(`NAME    CLASS    HOSTS                             ADDRESS   PORTS     AGE
front   nginx    a.example.com,empty.example.com   9.9.9.9   80, 443   <unknown>
bare    <none>   *                                           80        <unknown>
`);
  });

  test('networkpolicies.networking.k8s.io of 1.36', () => {
    expect(table('networkpolicies.networking.k8s.io', 36)).toBe(`NAME     POD-SELECTOR   AGE
strict   app=web        104s
open     <none>         104s
`);
  });

  test('poddisruptionbudgets.policy of 1.36', () => {
    expect(
      table('poddisruptionbudgets.policy', 36),
    ).toBe(`NAME   MIN AVAILABLE   MAX UNAVAILABLE   ALLOWED DISRUPTIONS   AGE
web    50%             N/A               1                     <unknown>
all    N/A             1                 0                     <unknown>
`);
  });

  test('clusterrolebindings.rbac.authorization.k8s.io of 1.36', () => {
    expect(
      table('clusterrolebindings.rbac.authorization.k8s.io', 36),
    ).toBe(`NAME     ROLE                     AGE         USERS   GROUPS           SERVICEACCOUNTS
admins   ClusterRole/everything   <unknown>           system:masters   
`);
  });

  test('rolebindings.rbac.authorization.k8s.io of 1.36', () => {
    expect(
      table('rolebindings.rbac.authorization.k8s.io', 36),
    ).toBe(`NAME      ROLE          AGE         USERS   GROUPS   SERVICEACCOUNTS
readers   Role/reader   <unknown>   jane             shop/robot
`);
  });

  test('roles.rbac.authorization.k8s.io of 1.36', () => {
    expect(table('roles.rbac.authorization.k8s.io', 36)).toBe(`NAME     CREATED AT
reader   <unknown>
`);
  });

  test('storageclasses.storage.k8s.io of 1.36', () => {
    expect(
      table('storageclasses.storage.k8s.io', 36),
    ).toBe(`NAME             PROVISIONER        RECLAIMPOLICY   VOLUMEBINDINGMODE      ALLOWVOLUMEEXPANSION   AGE
fast (default)   example.com/fast   Delete          WaitForFirstConsumer   true                   <unknown>
`);
  });

  test('validatingwebhookconfigurations.admissionregistration.k8s.io of 1.36', () => {
    expect(
      table('validatingwebhookconfigurations.admissionregistration.k8s.io', 36),
    ).toBe(`NAME    WEBHOOKS   AGE
guard   1          <unknown>
`);
  });

  test('priorityclasses.scheduling.k8s.io of 1.36', () => {
    expect(
      table('priorityclasses.scheduling.k8s.io', 36),
    ).toBe(`NAME   VALUE   GLOBAL-DEFAULT   AGE         PREEMPTIONPOLICY
high   1000    false            <unknown>   PreemptLowerPriority
`);
  });

  test('leases.coordination.k8s.io of 1.36', () => {
    expect(table('leases.coordination.k8s.io', 36)).toBe(`NAME     HOLDER   AGE
node-1   node-1   <unknown>
leader   x        <unknown>
`);
  });

  test('endpointslices.discovery.k8s.io of 1.36', () => {
    expect(
      table('endpointslices.discovery.k8s.io', 36),
    ).toBe(`NAME     ADDRESSTYPE   PORTS     ENDPOINTS                                      AGE
web-x1   IPv4          8080,     10.244.1.5,10.244.1.6,10.244.1.7 + 2 more...   <unknown>
empty    IPv6          <unset>   <unset>                                        <unknown>
`);
  });

  test('nodes of 1.20', () => {
    expect(
      table('nodes', 20),
    ).toBe(`NAME     STATUS                     ROLES    AGE    VERSION   INTERNAL-IP   EXTERNAL-IP   OS-IMAGE                         KERNEL-VERSION   CONTAINER-RUNTIME
node-1   Ready,SchedulingDisabled   worker   104s   v1.33.1   172.18.0.3    <none>        Debian GNU/Linux 12 (bookworm)   6.1.0            containerd://2.1.1
`);
  });

  test('persistentvolumeclaims of 1.20', () => {
    expect(
      table('persistentvolumeclaims', 20),
    ).toBe(`NAME      STATUS    VOLUME   CAPACITY   ACCESS MODES   STORAGECLASS   AGE         VOLUMEMODE
data      Bound     pv-1     1Gi        RWO            fast           <unknown>   Filesystem
waiting   Pending                                                     <unknown>   <unset>
`);
  });

  test('resourcequotas of 1.20', () => {
    expect(
      table('resourcequotas', 20),
    ).toBe(`NAME    AGE         REQUEST                                                     LIMIT
small   <unknown>   pods: 3/10, requests.cpu: 1500m/2, requests.memory: 0/1Gi   
big     <unknown>   configmaps: 0/7                                             
`);
  });

  test('serviceaccounts of 1.20', () => {
    expect(table('serviceaccounts', 20)).toBe(`NAME    SECRETS   AGE
robot   1         <unknown>
`);
  });

  test('horizontalpodautoscalers.autoscaling of 1.20', () => {
    expect(
      table('horizontalpodautoscalers.autoscaling', 20),
    ).toBe(`NAME   REFERENCE        TARGETS                                MINPODS   MAXPODS   REPLICAS   AGE
web    Deployment/web   70%/50%, <unknown>/100Mi + 4 more...   1         10        2          104s
`);
  });

  test('cronjobs.batch of 1.20', () => {
    expect(
      table('cronjobs.batch', 20),
    ).toBe(`NAME      SCHEDULE    SUSPEND   ACTIVE   LAST SCHEDULE   AGE         CONTAINERS   IMAGES         SELECTOR
nightly   0 2 * * *   False     2        3h10m           <unknown>   main         busybox:1.36   <none>
`);
  });

  test('jobs.batch of 1.20', () => {
    expect(
      table('jobs.batch', 20),
    ).toBe(`NAME     COMPLETIONS   DURATION   AGE         CONTAINERS   IMAGES         SELECTOR
report   5/5           90s        <unknown>   main         busybox:1.36   job-name=report
`);
  });
});
