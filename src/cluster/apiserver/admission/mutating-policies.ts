import type { Refused } from '../../contract/response.ts';
import { celValue, evaluate } from '../../objects/cel/evaluate.ts';
import { jsonOf, withoutMessages } from '../../objects/cel/message-literals.ts';
import { withDefaults } from '../../objects/defaults/apply-defaults.ts';
import type { JsonObject } from '../../objects/json.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type {
  MutatingAdmissionPolicy,
  MutatingAdmissionPolicyBinding,
  Mutation,
} from '../../objects/kubernetes.ts';
import { applyJsonPatch } from '../../objects/patch/json-patch.ts';
import { applyMergePatch } from '../../objects/patch/merge-patch.ts';
import { applyStrategicPatch } from '../../objects/patch/strategic-merge.ts';
import { deniedByPolicy } from '../refusal.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import {
  type Admission,
  isExempt,
  meetsConditions,
  nameOf,
  replaceContent,
  variablesOf,
} from './match-rules.ts';
import { isPolicyMeant, paramsOf, variablesMade } from './policy-parts.ts';

type Policy = MutatingAdmissionPolicy;
type Binding = MutatingAdmissionPolicyBinding;

const POLICIES = 'mutatingadmissionpolicies.admissionregistration.k8s.io';
const BINDINGS = 'mutatingadmissionpolicybindings.admissionregistration.k8s.io';

/**
 * Policies that change objects by expressions (apiserver: admission/plugin/policy/mutating), in the order of
 * their names. Each sees what those before it have made.
 */
export const mutatingAdmissionPolicies: AdmissionPlugin = {
  name: 'MutatingAdmissionPolicy',
  goesBy: BINDINGS,
  onCreate: (draft, call) => changeAll({ operation: 'CREATE', draft, call }),
  onUpdate: (draft, stored, call) => changeAll({ operation: 'UPDATE', draft, stored, call }),
};

type Drafted = Admission & { readonly draft: KubeObject };

function changeAll(admission: Drafted): Refused | undefined {
  const { store } = admission.call;
  const bindings = store.list<Binding>(BINDINGS);
  if (bindings.length === 0 || isExempt(admission)) return undefined;
  for (const policy of store.list<Policy>(POLICIES)) {
    const own = bindings.filter(({ spec }) => spec?.policyName === policy.metadata.name);
    if (own.length === 0 || !isPolicyMeant(policy.spec?.matchConstraints, admission, false)) continue;
    for (const binding of own) {
      if (!isPolicyMeant(binding.spec?.matchResources, admission, true)) continue;
      const problem = applyBinding(policy, binding, admission);
      if (problem === undefined || policy.spec?.failurePolicy === 'Ignore') continue;
      return refuse({ policy, binding, problem }, admission);
    }
  }
  return undefined;
}

/** A text says why the object could not be changed as the policy wants it. */
function applyBinding(policy: Policy, binding: Binding, admission: Drafted): string | undefined {
  const { variables = [], matchConditions = [], mutations = [], paramKind } = policy.spec ?? {};
  const found = paramsOf(paramKind, binding.spec?.paramRef, admission);
  if ('problem' in found) return `failed to configure binding: ${found.problem}`;
  for (const param of found.params) {
    const known = (): Record<string, unknown> => ({
      ...variablesOf(admission),
      ...(paramKind && { params: celValue(param) }),
    });
    const isMet = meetsConditions(matchConditions, known());
    if (isMet === false) continue;
    if (typeof isMet === 'object') return isMet.why;
    for (const mutation of mutations) {
      const now = known();
      const { made, failed } = variablesMade(variables, now);
      const [broken] = failed;
      if (broken) return `composited variable "${broken[0]}" fails to evaluate: ${broken[1]}`;
      const problem = change(mutation, { ...now, variables: made }, admission);
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}

function change(
  { applyConfiguration, jsonPatch }: Mutation,
  known: Readonly<Record<string, unknown>>,
  { draft, call }: Drafted,
): string | undefined {
  const expression = (applyConfiguration ?? jsonPatch)?.expression ?? '';
  const result = evaluate(withoutMessages(expression), known);
  if (!result.ok) return `expression '${expression}' resulted in error: ${result.why}`;
  const wanted = jsonOf(result.value);
  const before = JSON.parse(JSON.stringify(draft)) as JsonObject;
  const outcome = jsonPatch ? applyJsonPatch(before, wanted) : applied(before, wanted as JsonObject, draft);
  if (!outcome.ok) return `error applying patch: ${outcome.problem}`;
  const changed = outcome.object as unknown as KubeObject;
  replaceContent(draft, call.resource.custom ? changed : withDefaults(changed, call.settings.version));
  return undefined;
}

/** Lists of things with names are merged thing by thing; of kinds of one's own nothing is known of lists. */
function applied(before: JsonObject, wanted: JsonObject, draft: KubeObject) {
  const outcome = applyStrategicPatch(before, wanted, draft);
  if (outcome.ok || outcome.code !== 400) return outcome;
  return { ok: true as const, object: applyMergePatch(before, wanted) as JsonObject };
}

interface Failed {
  readonly policy: Policy;
  readonly binding: Binding;
  readonly problem: string;
}

function refuse({ policy, binding, problem }: Failed, admission: Admission): Refused {
  const why = `MutatingAdmissionPolicy '${policy.metadata.name}' with binding '${binding.metadata.name}' denied request: ${problem}`;
  const name = nameOf(admission) || admission.draft?.metadata.generateName || 'Unknown';
  return deniedByPolicy(admission.call.resource, name, { why, reason: 'Invalid' });
}
