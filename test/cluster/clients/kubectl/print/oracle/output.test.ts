import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sortObjects } from '../../../../../../src/cluster/clients/kubectl/print/output/sort-objects.ts';
import type { KubeObject } from '../../../../../../src/cluster/objects/kube-object.ts';
import { resourceForKind, resourceOf } from '../../../../../../src/cluster/objects/schema/resources.ts';
import { printAs } from '../print-as.ts';
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

function print({ get, output, flags = [] }: OutputCase): Answer {
  const items = got(get);
  const path = flags.find((flag) => flag.startsWith('--sort-by='))?.slice('--sort-by='.length);
  const sorted = path === undefined ? undefined : sortObjects(items, path, { minor: MINOR, patch: 0 });
  if (sorted?.ok === false) return { out: '', err: `error: ${sorted.message}\n` };
  const printed = printAs(output, sorted?.value ?? items, {
    isOne: get.includes('/'),
    noHeaders: flags.includes('--no-headers'),
    allowMissingKeys: !flags.includes('--allow-missing-template-keys=false'),
  });
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
