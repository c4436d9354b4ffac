/**
 * The layers of `src/`, lowest first: a layer may import only the layers before it. Folders in one row are
 * siblings and do not import each other. The one source of the import directions (`.dependency-cruiser.mjs`),
 * of the check that every file has a layer, and of the order of the README's layer table (`test/tidy/`).
 *
 * @type {readonly (readonly string[])[]}
 */
export const layers = [
  ['kernel'],
  ['cluster/objects'],
  ['cluster/contract'],
  ['cluster/tools'],
  ['cluster/kubeadm'],
  ['cluster/world'],
  ['cluster/etcd'],
  ['cluster/apiserver'],
  ['cluster/recorder'],
  [
    'cluster/controllers',
    'cluster/scheduler',
    'cluster/node',
    'cluster/network',
    'cluster/clients',
    'cluster/faults',
  ],
  ['cluster/autoscaler', 'cluster/gitops'],
  ['cluster/runtime'],
  ['cluster/wire'],
  ['cluster/founding'],
  ['cluster/genesis.ts'],
  ['cluster/model.ts'],
  ['scenario'],
  ['replay'],
  ['words'],
  ['report'],
  ['compare'],
  ['suite'],
  ['page'],
  ['server'],
  ['tui'],
  ['cli'],
  ['api'],
];

/** The folders of `src/` for which the host does not exist: no Node, no clock, no randomness, no locale. */
export const pureFolders = ['kernel', 'cluster', 'scenario', 'replay', 'words', 'report', 'compare', 'suite'];

/** The only packages that the pure folders may import: each computes, and touches no host. */
export const pureLibraries = [
  '@marcbachmann/cel-js',
  'immer',
  'js-yaml',
  'tinyqueue',
  'unbash',
  'yaml',
  'zod',
];

/** The only packages that the kernel may import: nothing of Kubernetes, YAML or the shell. */
export const kernelLibraries = ['tinyqueue'];

/**
 * The layer that a file belongs to.
 *
 * @param {string} file a path from the project's root, such as `src/cluster/node/probe.ts`
 * @returns {string | undefined}
 */
export function layerOf(file) {
  return layers.flat().find((layer) => file === `src/${layer}` || file.startsWith(`src/${layer}/`));
}
