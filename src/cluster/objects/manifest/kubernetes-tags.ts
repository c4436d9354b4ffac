import type { ScalarTag, Tags } from 'yaml';
import {
  FALSE_WORD,
  NOT_FINITE_WORD,
  NULL_WORD,
  NUMBER_WORD,
  readNumber,
  TRUE_WORD,
} from './kubernetes-scalars.ts';

/**
 * Plain scalars as Kubernetes' tools read them, which is neither YAML 1.1 nor 1.2 (sigs.k8s.io/yaml:
 * goyaml.v2 resolve.go): `yes`, `on` and even `n` are booleans and `0777` is octal, as in 1.1, but `1:30` is
 * no number of base 60 and a date stays text.
 */
export function kubernetesTags(tags: Tags): Tags {
  const structural = tags.filter(
    (tag) => typeof tag === 'string' || tag.tag.endsWith(':map') || tag.tag.endsWith(':seq'),
  );
  return [...structural, 'merge', text, nothing, truth, number, notFinite];
}

const text: ScalarTag = {
  tag: 'tag:yaml.org,2002:str',
  default: true,
  resolve: (source) => source,
};

const nothing: ScalarTag = {
  tag: 'tag:yaml.org,2002:null',
  default: true,
  test: NULL_WORD,
  resolve: () => null,
};

const truth: ScalarTag = {
  tag: 'tag:yaml.org,2002:bool',
  default: true,
  test: new RegExp(`${TRUE_WORD.source}|${FALSE_WORD.source}`),
  resolve: (source) => TRUE_WORD.test(source),
};

const number: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  test: NUMBER_WORD,
  resolve: readNumber,
};

/** That they were written is found out when the object is made. */
const notFinite: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  test: NOT_FINITE_WORD,
  resolve(source) {
    if (/nan/i.test(source)) return Number.NaN;
    return source.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  },
};
