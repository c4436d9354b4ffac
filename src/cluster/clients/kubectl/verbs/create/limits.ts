import type { KubeObject } from '../../../../objects/kube-object.ts';
import type { PodDisruptionBudget, ResourceQuota } from '../../../../objects/kubernetes.ts';
import { parseLabelSelector } from '../../../../objects/label-selector.ts';
import { parseQuantity } from '../../../../objects/quantity.ts';
import { text } from '../../../flags/flag.ts';
import { fail } from '../../failure.ts';
import { imperative } from './imperative.ts';
import { namespacedMeta } from './typed-object.ts';

export const createQuota = imperative({
  name: 'quota',
  aliases: ['resourcequota'],
  flags: [text('hard'), text('scopes')],
  failure: { since: 0, text: 'failed to create quota: ' },
  make(invocation, name) {
    const { flags } = invocation;
    const [hardText, scopesText] = [flags.text('hard'), flags.text('scopes')];
    const hard = hardText === '' ? {} : { hard: readHard(hardText) };
    const scopes = scopesText === '' ? {} : { scopes: scopesText.split(',') };
    if (scopes.scopes?.includes('')) fail('invalid resource quota scope ""');
    const metadata = namespacedMeta(invocation, { name });
    const quota: ResourceQuota = {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata,
      spec: { ...hard, ...scopes },
      status: {},
    };
    return quota;
  },
});

function readHard(spec: string): Record<string, string> {
  const hard: Record<string, string> = {};
  for (const statement of spec.split(',')) {
    const [resource = '', quantity, more] = statement.split('=');
    if (quantity === undefined || more !== undefined) {
      fail(`Invalid argument syntax ${statement}, expected <resource>=<value>`);
    }
    if (parseQuantity(quantity) === undefined) {
      fail("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
    }
    hard[resource] = quantity;
  }
  return hard;
}

export const createPodDisruptionBudget = imperative({
  name: 'poddisruptionbudget',
  aliases: ['pdb'],
  flags: [text('selector'), text('min-available'), text('max-unavailable')],
  failure: { since: 21, text: 'failed to create poddisruptionbudgets: ' },
  make(invocation, name) {
    const { flags } = invocation;
    const [selector, min, max] = [
      flags.text('selector'),
      flags.text('min-available'),
      flags.text('max-unavailable'),
    ];
    if (selector === '') fail('a selector must be specified');
    if (min === '' && max === '') fail('one of min-available or max-unavailable must be specified');
    if (min !== '' && max !== '') fail('min-available and max-unavailable cannot be both specified');
    if (!/^\d+%?$/.test(min || max)) {
      fail(`invalid format specified for ${min === '' ? 'max-unavailable' : 'min-available'}`);
    }
    const amount = /^\d+$/.test(min || max) ? Number(min || max) : min || max;
    const budget: Omit<PodDisruptionBudget, 'apiVersion'> & KubeObject = {
      apiVersion: invocation.version.minor >= 21 ? 'policy/v1' : 'policy/v1beta1',
      kind: 'PodDisruptionBudget',
      metadata: namespacedMeta(invocation, { name }),
      spec: {
        selector: { matchLabels: labelsOf(selector) },
        ...(min === '' ? { maxUnavailable: amount } : { minAvailable: amount }),
      },
      status: { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 },
    };
    return budget;
  },
});

function labelsOf(selector: string): Record<string, string> {
  const parsed = parseLabelSelector(selector);
  if (!parsed.ok) return fail(`couldn't parse the selector string "${selector}": ${parsed.problem}`);
  const labels: Record<string, string> = {};
  for (const { key, operator, values } of parsed.requirements) {
    const [value] = values;
    if ((operator !== '=' && operator !== '==') || value === undefined) {
      return fail(`${JSON.stringify(operator)} is not a selector operator that this command simulates`);
    }
    labels[key] = value;
  }
  return labels;
}
