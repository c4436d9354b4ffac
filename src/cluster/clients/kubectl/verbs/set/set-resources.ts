import { quoteGo } from '../../../../objects/go-json.ts';
import type { KubeObject } from '../../../../objects/kube-object.ts';
import type { ResourceRequirements } from '../../../../objects/kubernetes.ts';
import { parseQuantity } from '../../../../objects/quantity.ts';
import { text } from '../../../flags/flag.ts';
import { fail } from '../../failure.ts';
import type { Invocation, Steps } from '../../invocation.ts';
import { withPodSpec } from '../../pod-template.ts';
import type { Verb } from '../../verb.ts';
import { changeTemplates, SET_FLAGS } from './change-templates.ts';
import { changeContainers } from './select-containers.ts';

const FLAGS = [...SET_FLAGS, text('c,containers', '*'), text('limits'), text('requests')];

export const setResources: Verb = { name: 'resources', flags: FLAGS, run: setResourcesOf };

function* setResourcesOf(invocation: Invocation): Steps {
  const { args, flags } = invocation;
  const [limits, requests] = [flags.text('limits'), flags.text('requests')];
  return yield* changeTemplates(invocation, {
    resources: args,
    flags: FLAGS,
    operation: 'resource requirements updated',
    failure: 'failed to patch resources update to pod template ',
    check() {
      if (limits === '' && requests === '') {
        fail('you must specify an update to requests or limits (in the form of --requests/--limits)');
      }
      readAmounts(limits);
      readAmounts(requests);
    },
    change(object, problems) {
      const wanted = { limits: readAmounts(limits), requests: readAmounts(requests) };
      return withResources(object, { wanted, pattern: flags.text('containers'), problems });
    },
  });
}

interface ResourceChange {
  readonly wanted: ResourceRequirements;
  readonly pattern: string;
  readonly problems: string[];
}

function withResources(
  object: KubeObject,
  { wanted, pattern, problems }: ResourceChange,
): KubeObject | undefined {
  let found = 0;
  const changed = withPodSpec(object, (spec) => {
    const result = changeContainers(spec, pattern, (container) => {
      const { limits = {}, requests = {}, ...others } = container.resources ?? {};
      const merged = {
        ...others,
        ...nonEmpty('limits', { ...limits, ...wanted.limits }),
        ...nonEmpty('requests', { ...requests, ...wanted.requests }),
      };
      return { ...container, resources: merged };
    });
    found = result.found;
    return result.spec;
  });
  if (found > 0) return changed;
  problems.push(`error: unable to find container named ${pattern}`);
  return undefined;
}

function nonEmpty(key: 'limits' | 'requests', amounts: Record<string, string>): ResourceRequirements {
  return Object.keys(amounts).length === 0 ? {} : { [key]: amounts };
}

/** `cpu=100m,memory=1Gi`. */
function readAmounts(spec: string): Record<string, string> {
  const amounts: Record<string, string> = {};
  for (const statement of spec === '' ? [] : spec.split(',')) {
    const [resource = '', quantity, more] = statement.split('=');
    if (quantity === undefined || more !== undefined) {
      fail(`Invalid argument syntax ${statement}, expected <resource>=<value>`);
    }
    if (parseQuantity(quantity) === undefined) {
      fail(
        `quantities must match the regular expression ${quoteGo('^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$').replaceAll('"', "'")}`,
      );
    }
    amounts[resource] = quantity;
  }
  return amounts;
}
