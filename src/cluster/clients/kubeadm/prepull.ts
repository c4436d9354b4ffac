import type { Doing } from '../../contract/doing.ts';
import { imageIdentity, normalizedImageName } from '../../objects/image-name.ts';
import type { Run } from './run-phases.ts';

const MIB = 1024 * 1024;

/** How large the images of a control plane are, about, compressed no more. */
const SIZES: readonly (readonly [RegExp, number])[] = [
  [/\/kube-apiserver:/, 90 * MIB],
  [/\/kube-controller-manager:/, 78 * MIB],
  [/\/kube-scheduler:/, 58 * MIB],
  [/\/kube-proxy:/, 76 * MIB],
  [/\/coredns[:/]/, 74 * MIB],
  [/\/etcd:/, 64 * MIB],
  [/\/pause:/, 0.7 * MIB],
];

/** Images that are not on the machine are brought there before anybody needs them. */
export function* prepull({ call, node }: Run, images: readonly string[]): Doing<void> {
  for (const image of images) {
    const name = normalizedImageName(image) ?? image;
    const id = imageIdentity(name);
    if (call.view.rows.row('images', `${node}/${id}`)?.names.includes(name)) continue;
    const size = SIZES.find(([pattern]) => pattern.test(image))?.[1] ?? 50 * MIB;
    yield { type: 'ImagePulled', node, id, names: [name], sizeBytes: Math.round(size) };
  }
}
