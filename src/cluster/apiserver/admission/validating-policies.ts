import type { Refused } from '../../contract/response.ts';
import { celValue, evaluate } from '../../objects/cel/evaluate.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type {
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
  Validation,
} from '../../objects/kubernetes.ts';
import { deniedByPolicy, type PolicyReason } from '../refusal.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import { type Admission, isExempt, meetsConditions, nameOf, variablesOf } from './match-rules.ts';
import { isPolicyMeant, paramsOf, variablesMade } from './policy-parts.ts';

type Policy = ValidatingAdmissionPolicy;
type Binding = ValidatingAdmissionPolicyBinding;

const POLICIES = 'validatingadmissionpolicies.admissionregistration.k8s.io';
const BINDINGS = 'validatingadmissionpolicybindings.admissionregistration.k8s.io';

/** Policies whose rules are expressions (apiserver: admission/plugin/policy/validating). */
export const validatingAdmissionPolicies: AdmissionPlugin = {
  name: 'ValidatingAdmissionPolicy',
  goesBy: BINDINGS,
  checkCreate: (draft, call) => judge({ operation: 'CREATE', draft, call }),
  checkUpdate: (draft, stored, call) => judge({ operation: 'UPDATE', draft, stored, call }),
  checkDelete: (stored, call) => judge({ operation: 'DELETE', stored, call }),
};

interface Decision {
  readonly message: string;
  readonly reason?: string;
}

interface Denial extends Decision {
  readonly policy: string;
  readonly binding?: string;
}

function judge(admission: Admission): Refused | undefined {
  const { store } = admission.call;
  const bindings = store.list<Binding>(BINDINGS);
  if (bindings.length === 0 || isExempt(admission)) return undefined;
  const denials: Denial[] = [];
  for (const policy of store.list<Policy>(POLICIES)) {
    const own = bindings.filter(({ spec }) => spec.policyName === policy.metadata.name);
    if (own.length === 0 || !isPolicyMeant(policy.spec?.matchConstraints, admission, false)) continue;
    for (const binding of own) {
      if (isPolicyMeant(binding.spec.matchResources, admission, true))
        denials.push(...applyBinding(policy, binding, admission));
    }
  }
  const [first] = denials;
  return first && refuse(first, admission);
}

/** What a binding makes of what the policy finds: it denies, warns, or only notes it for the audit. */
function applyBinding(policy: Policy, binding: Binding, admission: Admission): readonly Denial[] {
  const { validationActions } = binding.spec;
  const names = { policy: policy.metadata.name ?? '', binding: binding.metadata.name ?? '' };
  const found = paramsOf(policy.spec?.paramKind, binding.spec.paramRef, admission);
  if ('problem' in found) {
    const message = `failed to configure binding: ${found.problem}`;
    return policy.spec?.failurePolicy === 'Ignore' ? [] : [{ ...names, message }];
  }
  const decisions = found.params.flatMap((param) => validate(policy, admission, param));
  const { warnings, tell } = admission.call;
  for (const { message } of decisions) {
    const text = `Validation failed for ValidatingAdmissionPolicy '${names.policy}' with binding '${names.binding}': ${message}`;
    if (validationActions.includes('Warn') && !warnings.includes(text)) warnings.push(text);
    tell?.({ stage: 'admit', by: `ValidatingAdmissionPolicy ${names.policy}`, says: message });
  }
  return validationActions.includes('Deny') ? decisions.map((decision) => ({ ...names, ...decision })) : [];
}

/** What is wrong by the policy, or with it. */
function validate(
  { spec }: Policy,
  admission: Admission,
  param: KubeObject | undefined,
): readonly Decision[] {
  const { validations = [], variables = [], matchConditions = [], failurePolicy } = spec ?? {};
  const isLenient = failurePolicy === 'Ignore';
  const known: Record<string, unknown> = {
    ...variablesOf(admission),
    ...(spec?.paramKind && { params: celValue(param) }),
  };
  const isMet = meetsConditions(matchConditions, known);
  if (isMet === false) return [];
  if (typeof isMet === 'object') return isLenient ? [] : [{ message: isMet.why }];
  const { made, failed } = variablesMade(variables, known);
  return validations.flatMap((validation): readonly Decision[] => {
    const broken = [...failed].find(([name]) => validation.expression.includes(`variables.${name}`));
    const result = broken
      ? { ok: false as const, why: `composited variable "${broken[0]}" fails to evaluate: ${broken[1]}` }
      : evaluate(validation.expression, { ...known, variables: made });
    if (!result.ok) {
      const message = `expression '${validation.expression}' resulted in error: ${result.why}`;
      return isLenient ? [] : [{ message }];
    }
    if (result.value === true) return [];
    return [
      {
        message: messageOf(validation, { ...known, variables: made }),
        reason: validation.reason ?? 'Invalid',
      },
    ];
  });
}

function messageOf(
  { message, messageExpression, expression }: Validation,
  known: Readonly<Record<string, unknown>>,
): string {
  const made = messageExpression === undefined ? undefined : evaluate(messageExpression, known);
  const text = made?.ok && typeof made.value === 'string' ? made.value.trim() : '';
  if (text !== '' && !text.includes('\n')) return text;
  return message?.trim() || `failed expression: ${expression.trim()}`;
}

function refuse({ policy, binding, message, reason = 'Invalid' }: Denial, admission: Admission): Refused {
  const by = binding === undefined ? '' : ` with binding '${binding}'`;
  const why = `ValidatingAdmissionPolicy '${policy}'${by} denied request: ${message}`;
  const name = nameOf(admission) || admission.draft?.metadata.generateName || 'Unknown';
  return deniedByPolicy(admission.call.resource, name, { why, reason: reason as PolicyReason });
}
