import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { listOf, shownObject } from '../../../../../../src/cluster/clients/kubectl/output/shown-object.ts';
import { printJsonpath } from '../../../../../../src/cluster/clients/kubectl/print/jsonpath/print-jsonpath.ts';
import { kindWithGroup } from '../../../../../../src/cluster/clients/kubectl/print/kind-text.ts';
import { printCustomColumns } from '../../../../../../src/cluster/clients/kubectl/print/output/print-custom-columns.ts';
import { printJson } from '../../../../../../src/cluster/clients/kubectl/print/output/print-json.ts';
import { sortObjects } from '../../../../../../src/cluster/clients/kubectl/print/output/sort-objects.ts';
import { printYaml } from '../../../../../../src/cluster/clients/kubectl/print/yaml/print-yaml.ts';
import type { Json } from '../../../../../../src/cluster/objects/json.ts';
import type { KubeObject } from '../../../../../../src/cluster/objects/kube-object.ts';
import { resourceForKind, resourceOf } from '../../../../../../src/cluster/objects/schema/resources.ts';
import { loadObjects } from './load-objects.ts';
import { OUTPUT_CASES, type OutputCase, titleOf } from './output-cases.ts';
import { type Answer, askKubectl, hasKubectl } from './real-kubectl.ts';
import { serveObjects } from './serve-objects.ts';

const MINOR = 33;
const objects = loadObjects('outputs.yaml');
const file = new URL('fixtures/outputs-1.33.json', import.meta.url);
const stored = existsSync(file)
  ? (JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, Answer>>)
  : {};

describe('kubectl get -o prints what kubectl 1.33 printed', () => {
  test.each(OUTPUT_CASES.map((one) => [titleOf(one), one] as const))('%s', (title, one) => {
    expect(print(one)).toEqual(stored[title]);
  });
});

test.skipIf(!hasKubectl)(
  'a real kubectl prints what is stored (KUBECTL_FOLDER)',
  async () => {
    const server = await serveObjects(objects);
    const answers: Record<string, Answer> = {};
    for (const one of OUTPUT_CASES) {
      const args = ['-s', server.url, 'get', one.get, '-o', one.output, ...(one.flags ?? [])];
      answers[titleOf(one)] = await askKubectl(MINOR, args);
    }
    await server.stop();
    await expect(`${JSON.stringify(answers, undefined, 2)}\n`).toMatchFileSnapshot(
      'fixtures/outputs-1.33.json',
    );
  },
  120_000,
);

type Printed =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string };

function print({ get, output, flags = [] }: OutputCase): Answer {
  const items = got(get);
  const path = flags.find((flag) => flag.startsWith('--sort-by='))?.slice('--sort-by='.length);
  const sorted = path === undefined ? undefined : sortObjects(items, path, { minor: MINOR, patch: 0 });
  if (sorted?.ok === false) return { out: '', err: `error: ${sorted.message}\n` };
  const printed = printAs(output, { items: sorted?.value ?? items, isOne: get.includes('/'), flags });
  return printed.ok ? { out: printed.text, err: '' } : { out: '', err: `error: ${printed.message}\n` };
}

/** `pods,services`, `pod/web-0`. */
function got(get: string): readonly KubeObject[] {
  const [kinds = '', name] = get.split('/');
  return kinds
    .split(',')
    .flatMap((kind) =>
      objects.filter(
        (object) =>
          resourceForKind(object.apiVersion, object.kind)?.name === resourceOf(kind)?.name &&
          (name === undefined || object.metadata.name === name),
      ),
    );
}

interface Shown {
  readonly items: readonly KubeObject[];
  readonly isOne: boolean;
  readonly flags: readonly string[];
}

function printAs(output: string, { items, isOne, flags }: Shown): Printed {
  const [format = '', template = ''] = output.split(/=(.*)/s);
  const documentOf = (shown: readonly Json[]): Json => (isOne ? (shown[0] ?? null) : listOf(shown));
  const raw = items as unknown as readonly Json[];
  const shown = items.map((item) => shownObject(item));
  const allowMissingKeys = !flags.includes('--allow-missing-template-keys=false');
  switch (format) {
    case 'jsonpath':
    case 'jsonpath-as-json':
      return printJsonpath(template, documentOf(raw), { allowMissingKeys, asJson: format !== 'jsonpath' });
    case 'custom-columns':
      return printCustomColumns(template, raw, flags.includes('--no-headers'));
    case 'name':
      return { ok: true, text: items.map((item) => `${nameOf(item)}\n`).join('') };
    case 'yaml':
      return { ok: true, text: printYaml(documentOf(shown)) };
    default:
      return { ok: true, text: printJson(documentOf(shown)) };
  }
}

function nameOf({ apiVersion, kind, metadata }: KubeObject): string {
  const resource = resourceForKind(apiVersion, kind);
  return resource === undefined ? '' : `${kindWithGroup(resource)}/${metadata.name}`;
}
