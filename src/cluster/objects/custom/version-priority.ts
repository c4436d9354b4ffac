import { compareText } from '../json.ts';

/**
 * The order in which versions of an API are preferred: stable ones before betas before alphas, the higher
 * number first; names of another form come last, in the order of the alphabet (apimachinery:
 * version/helpers.go CompareKubeAwareVersionStrings).
 */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [partsOf(one), partsOf(other)];
  if (a === undefined || b === undefined) {
    return a === b ? compareText(one, other) : Number(a === undefined) - Number(b === undefined);
  }
  return b.stage - a.stage || b.major - a.major || b.minor - a.minor;
}

const STAGES = ['alpha', 'beta', ''];

function partsOf(name: string) {
  const [all, major, stage = '', minor = '0'] = /^v([1-9]\d*)(?:(alpha|beta)([1-9]\d*))?$/.exec(name) ?? [];
  if (all === undefined) return undefined;
  return { major: Number(major), stage: STAGES.indexOf(stage), minor: Number(minor) };
}
