import type { Component } from '../contract/component.ts';
import type { Doing } from '../contract/doing.ts';
import { type ClusterSettings, hasAddon } from '../contract/settings.ts';
import { isEstablished } from '../objects/custom/custom-resources.ts';
import { DEVICE_SLICES } from '../objects/devices/device-claims.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import type {
  APIService,
  CustomResourceDefinition,
  MutatingWebhookConfiguration,
  ResourceSlice,
  ValidatingWebhookConfiguration,
} from '../objects/kubernetes.ts';
import { SNAPSHOT_GROUP } from '../objects/volume-snapshots.ts';

const ACTOR = 'extension-notices';
const ADMISSION = 'admissionregistration.k8s.io';

/** What extends the API and is only kept here is told once, when it comes: nothing is silently ignored. */
export const extensionNotices: Component = {
  name: ACTOR,
  watches: [
    'apiservices.apiregistration.k8s.io',
    'customresourcedefinitions.apiextensions.k8s.io',
    DEVICE_SLICES,
    `mutatingwebhookconfigurations.${ADMISSION}`,
    `validatingwebhookconfigurations.${ADMISSION}`,
  ],
  *deliveriesOf({ type, key, object }) {
    // One that is established as it comes was installed with what acts on its objects.
    const isInstalled =
      object.kind === 'CustomResourceDefinition' && isEstablished(object as CustomResourceDefinition);
    if (type === 'ADDED' && !isInstalled) yield { actor: ACTOR, key };
  },
  *reconcile(view, { key }) {
    const object = view.objects.byKey<KubeObject>(key);
    if (object) yield* tell(object, view.settings);
  },
};

function* tell(object: KubeObject, settings: ClusterSettings): Doing<void> {
  const { kind, metadata } = object;
  const about = `${kind} ${metadata.name}`;
  for (const message of whatIsMissing(object, settings)) yield { type: 'NoticeGiven', about, message };
}

function* whatIsMissing(object: KubeObject, settings: ClusterSettings): Generator<string> {
  const { webhooks = {} } = settings;
  switch (object.kind) {
    case 'CustomResourceDefinition': {
      const { group, names, conversion } = (object as CustomResourceDefinition).spec;
      yield group === SNAPSHOT_GROUP
        ? `${names.kind} objects are acted on from now on, whether their controller runs as a pod or not`
        : `${names.kind} objects are kept and checked, and no controller here acts on them`;
      if (conversion?.strategy === 'Webhook')
        yield 'versions are converted without its webhook: only by their names';
      return;
    }
    case 'ResourceSlice': {
      const { driver, devices = [], sharedCounters } = (object as ResourceSlice).spec;
      yield `the driver ${driver} is not simulated: its devices are ready as soon as they are allocated`;
      if (sharedCounters || devices.some(({ allowMultipleAllocations }) => allowMultipleAllocations))
        yield 'devices are given whole: that they share counters or are shared makes no difference';
      return;
    }
    case 'APIService':
      if (!isAnswered(object as APIService, settings))
        yield 'nothing here answers for the API that it registers';
      return;
    default: {
      const { webhooks: own = [] } = object as ValidatingWebhookConfiguration | MutatingWebhookConfiguration;
      for (const { name } of own) {
        if (webhooks[name] === undefined)
          yield `the scenario does not say what the webhook ${name} answers: it allows everything`;
      }
    }
  }
}

/** The API server's own groups have no service; metrics come from the addon. */
function isAnswered({ spec }: APIService, settings: ClusterSettings): boolean {
  return !spec?.service || (spec.group === 'metrics.k8s.io' && hasAddon(settings, 'metricsServer'));
}
