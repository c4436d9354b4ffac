import { listOf, shownObject } from '../../../../../src/cluster/clients/kubectl/output/shown-object.ts';
import {
  type Printed,
  printJsonpath,
} from '../../../../../src/cluster/clients/kubectl/print/jsonpath/print-jsonpath.ts';
import { kindWithGroup } from '../../../../../src/cluster/clients/kubectl/print/kind-text.ts';
import { printCustomColumns } from '../../../../../src/cluster/clients/kubectl/print/output/print-custom-columns.ts';
import { printJson } from '../../../../../src/cluster/clients/kubectl/print/output/print-json.ts';
import { printYaml } from '../../../../../src/cluster/clients/kubectl/print/yaml/print-yaml.ts';
import type { Json } from '../../../../../src/cluster/objects/json.ts';
import type { KubeObject } from '../../../../../src/cluster/objects/kube-object.ts';
import { resourceForKind } from '../../../../../src/cluster/objects/schema/resources.ts';

export interface PrintAsOptions {
  /** One object was asked for, not a list. */
  readonly isOne?: boolean;
  readonly noHeaders?: boolean;
  readonly allowMissingKeys?: boolean;
}

const VERSION = { minor: 36, patch: 2 };

/** Objects as `kubectl get -o OUTPUT` prints them. */
export function printAs(
  output: string,
  items: readonly KubeObject[],
  { isOne = false, noHeaders = false, allowMissingKeys = true }: PrintAsOptions = {},
): Printed {
  const [format = '', template = ''] = output.split(/=(.*)/s);
  const wrapped = (objects: readonly Json[]): Json =>
    isOne ? (objects[0] ?? null) : listOf(objects, VERSION);
  const whole = items as unknown as readonly Json[];
  const shown = wrapped(items.map((item) => shownObject(item)));
  switch (format) {
    case 'jsonpath':
    case 'jsonpath-as-json':
      return printJsonpath(template, wrapped(whole), { allowMissingKeys, asJson: format !== 'jsonpath' });
    case 'custom-columns':
      return printCustomColumns(template, whole, noHeaders);
    case 'name':
      return { ok: true, text: items.map((item) => `${nameOf(item)}\n`).join('') };
    case 'yaml':
      return { ok: true, text: printYaml(shown) };
    case 'json':
      return { ok: true, text: printJson(shown) };
    default:
      throw new Error(`${format} is no format`);
  }
}

function nameOf({ apiVersion, kind, metadata }: KubeObject): string {
  const resource = resourceForKind(apiVersion, kind);
  return resource === undefined ? '' : `${kindWithGroup(resource)}/${metadata.name}`;
}
