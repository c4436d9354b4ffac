/**
 * An operator as people write them: a Website has a Deployment and a Service, and says how many of its
 * replicas are ready. It knows nothing of kubereel; the kubeconfig says which cluster it works in.
 */
import { pathToFileURL } from 'node:url';
import {
  CustomObjectsApi,
  KubeConfig,
  KubernetesObjectApi,
  makeInformer,
  PatchStrategy,
  setHeaderOptions,
} from '@kubernetes/client-node';

const [GROUP, VERSION, PLURAL] = ['example.com', 'v1', 'websites'];
const MANAGER = 'website-operator';
const LABEL = 'example.com/website';

/** Works until it is stopped. */
export async function startOperator(config, namespace = 'default') {
  const objects = KubernetesObjectApi.makeApiClient(config);
  const websites = config.makeApiClient(CustomObjectsApi);
  const kind = { group: GROUP, version: VERSION, plural: PLURAL, namespace };
  const informers = [];
  const watch = (path, list, nameOf) => {
    const informer = makeInformer(config, path, list);
    for (const event of ['add', 'update', 'delete'])
      informer.on(event, (object) => queue.add(nameOf(object)));
    informer.on('error', (error) => {
      console.error(`watch of ${path}: ${error.message}`);
      later(() => informer.start(), 1000);
    });
    informers.push(informer);
    return informer;
  };

  async function reconcile(name) {
    const website = sites.get(name, namespace);
    // What belongs to it goes with it: the garbage collector sees to that.
    if (!website || website.metadata.deletionTimestamp) return;
    for (const wanted of [deploymentOf(website), serviceOf(website)])
      await objects.patch(wanted, undefined, undefined, MANAGER, true, PatchStrategy.ServerSideApply);
    const body = { status: statusOf(website, deployments.get(name, namespace)) };
    if (JSON.stringify(body.status) === JSON.stringify(website.status)) return;
    const merge = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);
    await websites.patchNamespacedCustomObjectStatus({ ...kind, name, body }, merge);
  }

  const queue = workQueue(reconcile);
  const sites = watch(
    `/apis/${GROUP}/${VERSION}/namespaces/${namespace}/${PLURAL}`,
    () => websites.listNamespacedCustomObject(kind),
    ({ metadata }) => metadata.name,
  );
  const list = { apiVersion: 'apps/v1', kind: 'Deployment' };
  const deployments = watch(
    `/apis/apps/v1/namespaces/${namespace}/deployments`,
    () => objects.list(list.apiVersion, list.kind, namespace),
    ({ metadata }) => metadata.labels?.[LABEL],
  );
  for (const informer of informers) await informer.start();
  return {
    async stop() {
      queue.stop();
      for (const informer of informers) await informer.stop();
    },
  };
}

const later = (call, ms) => setTimeout(call, ms).unref();

/** Deals with one name at a time, each once however often it came meanwhile; what fails comes again later. */
function workQueue(work) {
  const waiting = new Set();
  const failures = new Map();
  let [isBusy, isStopped] = [false, false];
  async function run() {
    if (isBusy) return;
    isBusy = true;
    for (const name of waiting) {
      waiting.delete(name);
      try {
        await work(name);
        failures.delete(name);
      } catch (error) {
        const count = (failures.get(name) ?? 0) + 1;
        failures.set(name, count);
        console.error(`${name}: ${error.body?.message ?? error.message}`);
        later(() => queue.add(name), Math.min(50 * 2 ** count, 30_000));
      }
    }
    isBusy = false;
  }
  const queue = {
    add(name) {
      if (name === undefined || isStopped) return;
      waiting.add(name);
      void run();
    },
    stop() {
      isStopped = true;
      waiting.clear();
    },
  };
  return queue;
}

function metadataOf({ apiVersion, kind, metadata: { name, namespace, uid } }) {
  const owner = { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true };
  return { name, namespace, labels: { [LABEL]: name }, ownerReferences: [owner] };
}

function deploymentOf(website) {
  const labels = { [LABEL]: website.metadata.name };
  const { image, replicas } = website.spec;
  const container = {
    name: 'web',
    image,
    ports: [{ containerPort: 80 }],
    readinessProbe: { httpGet: { path: '/', port: 80 } },
  };
  const template = { metadata: { labels }, spec: { containers: [container] } };
  const spec = { replicas, selector: { matchLabels: labels }, template };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: metadataOf(website), spec };
}

function serviceOf(website) {
  const spec = { selector: { [LABEL]: website.metadata.name }, ports: [{ port: 80 }] };
  return { apiVersion: 'v1', kind: 'Service', metadata: metadataOf(website), spec };
}

function statusOf({ spec, metadata }, deployment) {
  const { readyReplicas = 0, updatedReplicas = 0, observedGeneration } = deployment?.status ?? {};
  const isSeen = deployment !== undefined && observedGeneration === deployment.metadata.generation;
  const isUp = isSeen && readyReplicas === spec.replicas && updatedReplicas === spec.replicas;
  const condition = {
    type: 'Available',
    status: isUp ? 'True' : 'False',
    observedGeneration: metadata.generation,
  };
  return { ready: `${readyReplicas}/${spec.replicas}`, conditions: [condition] };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const config = new KubeConfig();
  config.loadFromDefault();
  await startOperator(config);
}
