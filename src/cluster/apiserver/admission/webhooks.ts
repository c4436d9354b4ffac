import type { Refused } from '../../contract/response.ts';
import { hasOwnControlPlane } from '../../contract/settings.ts';
import type { WebhookAnswer } from '../../contract/webhook-answer.ts';
import { evaluate } from '../../objects/cel/evaluate.ts';
import { withDefaults } from '../../objects/defaults/apply-defaults.ts';
import { slicesOfService } from '../../objects/endpoint-slices.ts';
import { quoteGo } from '../../objects/go-json.ts';
import type { JsonObject } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type {
  MutatingWebhook,
  MutatingWebhookConfiguration,
  Service,
  ServiceReference,
  ValidatingWebhook,
  ValidatingWebhookConfiguration,
} from '../../objects/kubernetes.ts';
import { applyJsonPatch } from '../../objects/patch/json-patch.ts';
import { applyMergePatch } from '../../objects/patch/merge-patch.ts';
import { storageKey } from '../../objects/storage-key.ts';
import type { Call } from '../call.ts';
import { deniedByWebhook, internalError } from '../refusal.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import {
  type Admission,
  hasLabels,
  isExempt,
  isInNamespaces,
  matchesRule,
  meetsConditions,
  replaceContent,
  variablesOf,
} from './match-rules.ts';

type Webhook = ValidatingWebhook | MutatingWebhook;

const VALIDATING = 'validatingwebhookconfigurations.admissionregistration.k8s.io';
const MUTATING = 'mutatingwebhookconfigurations.admissionregistration.k8s.io';

/** Webhooks that change objects (apiserver: admission/plugin/webhook/mutating); the scenario says how. */
export const mutatingWebhooks: AdmissionPlugin = {
  name: 'MutatingAdmissionWebhook',
  goesBy: MUTATING,
  onCreate: (draft, call) => callAll(MUTATING, { operation: 'CREATE', draft, call }),
  onUpdate: (draft, stored, call) => callAll(MUTATING, { operation: 'UPDATE', draft, stored, call }),
};

/** Webhooks that judge (apiserver: admission/plugin/webhook/validating). */
export const validatingWebhooks: AdmissionPlugin = {
  name: 'ValidatingAdmissionWebhook',
  goesBy: VALIDATING,
  checkCreate: (draft, call) => callAll(VALIDATING, { operation: 'CREATE', draft, call }),
  checkUpdate: (draft, stored, call) => callAll(VALIDATING, { operation: 'UPDATE', draft, stored, call }),
  checkDelete: (stored, call) => callAll(VALIDATING, { operation: 'DELETE', stored, call }),
};

type Configuration = ValidatingWebhookConfiguration | MutatingWebhookConfiguration;

function callAll(resource: string, admission: Admission): Refused | undefined {
  const configurations = admission.call.store.list<Configuration & KubeObject>(resource);
  if (configurations.length === 0 || isExempt(admission)) return undefined;
  for (const { webhooks = [] } of configurations) {
    for (const webhook of webhooks) {
      const refusal = isMeant(webhook, admission) ? callOne(webhook, admission) : undefined;
      if (refusal) return refusal;
    }
  }
  return undefined;
}

function isMeant(webhook: Webhook, admission: Admission): boolean {
  const { rules = [], namespaceSelector, objectSelector, matchConditions = [] } = webhook;
  if (!rules.some((rule) => matchesRule(rule, admission))) return false;
  if (!isInNamespaces(namespaceSelector, admission) || !hasLabels(objectSelector, admission)) return false;
  if (matchConditions.length === 0) return true;
  return meetsConditions(matchConditions, variablesOf(admission)) === true;
}

function callOne(webhook: Webhook, admission: Admission): Refused | undefined {
  const { call, draft } = admission;
  const { name, failurePolicy = 'Fail' } = webhook;
  const stage = 'reinvocationPolicy' in webhook ? 'mutate' : 'admit';
  const tell = (says: string) => call.tell?.({ stage, by: `webhook ${name}`, says });
  const answered = answerOf(webhook, admission);
  if ('problem' in answered) {
    const why = `failed calling webhook ${quoteGo(name)}: failed to call webhook: ${answered.problem}`;
    tell(failurePolicy === 'Ignore' ? `${answered.problem}: ignored` : answered.problem);
    return failurePolicy === 'Ignore' ? undefined : internalError(why);
  }
  const { does } = answered;
  tell(does.type === 'deny' ? `denied: ${does.message}` : does.type);
  if (does.type === 'deny') return deniedByWebhook(name, does);
  if (does.type === 'allow') call.warnings.push(...(does.warnings ?? []));
  if (does.type === 'patch' && draft) patchDraft(draft, does.patch, call);
  return undefined;
}

type Answered = Pick<WebhookAnswer, 'does'> | { readonly problem: string };

const ALLOWS: Answered = { does: { type: 'allow' } };

/** What comes back from where a webhook is, or why nothing does. */
function answerOf(webhook: Webhook, admission: Admission): Answered {
  const { settings } = admission.call;
  const { timeoutSeconds = 10, clientConfig } = webhook;
  const answers = settings.webhooks?.[webhook.name];
  const { service, url = '' } = clientConfig;
  const at = service ? urlOf(service) : url;
  const post = `Post ${quoteGo(`${at}?timeout=${timeoutSeconds}s`)}`;
  const unreachable = service ? whyUnreachable(service, admission.call) : undefined;
  if (unreachable !== undefined) return { problem: `${post}: ${unreachable}` };
  if (answers === undefined && !service) {
    const host = /^https:\/\/([^/:]+)/.exec(url)?.[1] ?? '';
    return { problem: `${post}: dial tcp: lookup ${host}: no such host` };
  }
  const variables = variablesOf(admission);
  const answer = (answers ?? []).find(({ when }) => {
    const held = when === undefined ? undefined : evaluate(when, variables);
    return held === undefined || (held.ok && held.value === true);
  });
  const does = answer?.does;
  if (does?.type === 'timeout') return { problem: `${post}: context deadline exceeded` };
  if (does?.type === 'fail') return { problem: does.message };
  return does ? { does } : ALLOWS;
}

function urlOf({ name, namespace, port = 443, path = '' }: ServiceReference): string {
  return `https://${name}.${namespace}.svc:${port}${path}`;
}

/**
 * Where the API server runs beside the machines it asks endpoints; on one of them, its kube-proxy refuses.
 */
function whyUnreachable({ name, namespace, port = 443 }: ServiceReference, call: Call): string | undefined {
  const { store, settings } = call;
  const service = store.read<Service>(storageKey({ resource: 'services', namespace, name }));
  if (service === undefined) return `service ${quoteGo(name)} not found`;
  const isReady = slicesOfService(store, { namespace, name }).some(({ endpoints }) =>
    (endpoints ?? []).some(({ conditions }) => conditions?.ready),
  );
  if (isReady) return undefined;
  if (!hasOwnControlPlane(settings)) return `no endpoints available for service ${quoteGo(name)}`;
  return `dial tcp ${service.spec?.clusterIP}:${port}: connect: connection refused`;
}

function patchDraft(draft: KubeObject, patch: unknown, { settings, resource }: Call): void {
  const before = JSON.parse(JSON.stringify(draft)) as JsonObject;
  const outcome = Array.isArray(patch)
    ? applyJsonPatch(before, patch)
    : { ok: true as const, object: applyMergePatch(before, patch as JsonObject) as JsonObject };
  if (!outcome.ok) return;
  const changed = outcome.object as unknown as KubeObject;
  replaceContent(draft, resource.custom ? changed : withDefaults(changed, settings.version));
}
