import type { ScalarTag, Tags } from 'yaml';

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
  test: /^(?:~|null|Null|NULL)?$/,
  resolve: () => null,
};

const TRUE = /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/;

const truth: ScalarTag = {
  tag: 'tag:yaml.org,2002:bool',
  default: true,
  test: new RegExp(`${TRUE.source}|${FALSE.source}`),
  resolve: (source) => TRUE.test(source),
};

const INTEGER = /^[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)$/;
const DECIMAL = /^[-+]?(?:\.[0-9]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?$/;

const number: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  test: new RegExp(`${INTEGER.source}|${DECIMAL.source}`),
  resolve: readNumber,
};

/** JSON has no such numbers; that they were written is found out when the object is made. */
const notFinite: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
  resolve(source) {
    if (/nan/i.test(source)) return Number.NaN;
    return source.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  },
};

function readNumber(source: string): number {
  const isNegative = source.startsWith('-');
  const digits = source.replace(/^[-+]/, '').replaceAll('_', '');
  const size = /^0[0-7]+$/.test(digits) ? Number(`0o${digits.slice(1)}`) : Number(digits);
  // Minus zero would be written as `0` and then differ from what is read back.
  return isNegative && size !== 0 ? -size : size;
}
