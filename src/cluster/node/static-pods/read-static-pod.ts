import { type Chance, drawHex } from '../../../kernel/chance/draw.ts';
import { MANIFESTS } from '../../contract/control-plane-paths.ts';
import { hostFileSystem } from '../../contract/file-key.ts';
import type { FileRow } from '../../contract/file-row.ts';
import type { RowReader } from '../../contract/reader.ts';
import { withDefaults } from '../../objects/defaults/apply-defaults.ts';
import { derived } from '../../objects/derived.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import { readManifest } from '../../objects/manifest/read-manifest.ts';
import type { KubeVersion } from '../../objects/versions.ts';

/** The files in a kubelet's folder of manifests: whatever they are called, unless they are hidden. */
export function manifestFiles(rows: RowReader, node: string): readonly FileRow[] {
  return rows.rowsBy('files', 'fileSystem', hostFileSystem(node)).filter(({ kind, path }) => {
    if (kind !== 'file' || !path.startsWith(`${MANIFESTS}/`)) return false;
    const name = path.slice(MANIFESTS.length + 1);
    return !name.includes('/') && !name.startsWith('.');
  });
}

/** Of where it lies and what it says: 32 hexadecimal digits. Kubelet: config/common.go applyDefaults. */
export const manifestHash = derived(({ fileSystem, path, content = '' }: FileRow) =>
  drawHex(HASHED, 32, fileSystem, path, content),
);

const HASHED: Chance = { seed: 'static pod' };

const CONFIG = 'kubernetes.io/config';

interface Reader {
  readonly node: string;
  readonly version: KubeVersion;
  /** When it is read, as the API writes it. */
  readonly seen: string;
}

type Read = { readonly pod: Pod } | { readonly problem: string };

/** The pod that a manifest is about, as a kubelet completes it. Kubelet: config/file.go, common.go. */
export function readStaticPod(file: FileRow, { node, version, seen }: Reader): Read {
  const written = writtenIn(file);
  if ('problem' in written) return written;
  const hash = manifestHash(file);
  const { metadata = {}, spec = { containers: [] } } = written.pod;
  const pod: Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...metadata,
      ...nameOn(node, written.pod),
      uid: hash,
      annotations: {
        ...metadata.annotations,
        [`${CONFIG}.hash`]: hash,
        [`${CONFIG}.seen`]: seen,
        [`${CONFIG}.source`]: 'file',
      },
    },
    spec: {
      ...spec,
      nodeName: node,
      tolerations: [...(spec.tolerations ?? []).filter((each) => !isAll(each)), EVERYWHERE],
    },
    status: { phase: 'Pending' },
  };
  return { pod: withDefaults(pod, version) };
}

/** The name and the namespace of the pod that a manifest is about; undefined where it is about none. */
export function staticPodName(file: FileRow, node: string): Named | undefined {
  const written = writtenIn(file);
  return 'pod' in written ? nameOn(node, written.pod) : undefined;
}

interface Named {
  readonly name: string;
  readonly namespace: string;
}

function nameOn(node: string, { metadata: { name = '', namespace = 'default' } = {} }: Partial<Pod>): Named {
  return { name: `${name}-${node.toLowerCase()}`, namespace };
}

/** What stands in a file. A kubelet looks at it many times. */
const writtenIn = derived(
  ({ content = '', path }: FileRow): { readonly pod: Partial<Pod> } | { readonly problem: string } => {
    const manifest = readManifest(content, path);
    if (manifest.failure !== undefined) return { problem: withoutPlace(manifest.failure) };
    const pod = manifest.objects[0]?.object as Partial<Pod> | undefined;
    if (pod?.kind !== 'Pod' || pod.apiVersion !== 'v1')
      return { problem: pod?.kind ? `invalid pod: ${pod.kind}` : "Object 'Kind' is missing" };
    const problem = lackOf(pod);
    return problem === undefined ? { pod } : { problem };
  },
);

const EVERYWHERE = { effect: 'NoExecute', operator: 'Exists' };

function isAll({ effect, operator, key }: { effect?: string; operator?: string; key?: string }): boolean {
  return key === undefined && effect === EVERYWHERE.effect && operator === EVERYWHERE.operator;
}

/** As the parser says it, without which file and what for. */
function withoutPlace(failure: string): string {
  return failure.slice(Math.max(0, failure.lastIndexOf(' yaml: ') + 1));
}

/** Without these there is nothing to run. */
function lackOf({ metadata, spec }: Partial<Pod>): string | undefined {
  const lacks: string[] = [];
  if (!metadata?.name) lacks.push('metadata.name: Required value: name or generateName is required');
  if (!Array.isArray(spec?.containers) || spec.containers.length === 0)
    lacks.push('spec.containers: Required value');
  for (const [index, { name, image }] of (spec?.containers ?? []).entries()) {
    if (!name) lacks.push(`spec.containers[${index}].name: Required value`);
    if (!image) lacks.push(`spec.containers[${index}].image: Required value`);
  }
  return lacks.length === 0 ? undefined : `invalid pod: [${lacks.join(', ')}]`;
}
