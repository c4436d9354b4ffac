import { kernelLibraries, layers, pureFolders, pureLibraries } from './scripts/layers.mjs';

/** @param {readonly string[]} names layers: a folder or a single file of `src/` each */
const inside = (names) =>
  `^src/(${names.map((name) => (name.endsWith('.ts') ? `${name.replace('.', '\\.')}$` : `${name}/`)).join('|')})`;

/** @param {readonly string[]} names */
const packages = (names) => `(^|/)node_modules/(@types/)?(${names.join('|')})/`;

const anyPackage = '(^|/)node_modules/';

/** What simulates: the siblings of the cluster, and what runs them. Replaying a log needs none of it. */
const components = layers
  .slice(layers.findIndex((row) => row.length > 1))
  .flat()
  .filter((layer) => layer.startsWith('cluster/'));

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const layerRules = layers.flatMap((row, rank) =>
  row.flatMap((layer) => {
    const forbidden = [...row.filter((sibling) => sibling !== layer), ...layers.slice(rank + 1).flat()];
    if (forbidden.length === 0) return [];
    const name = `layer-${layer.replaceAll('/', '-')}`;
    const comment = `src/${layer} may import only layers that stand before it in scripts/layers.mjs.`;
    return {
      name,
      comment,
      severity: 'error',
      from: { path: inside([layer]) },
      to: { path: inside(forbidden) },
    };
  }),
);

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...layerRules,
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or miss a third one.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true },
    },
    {
      name: 'src-stands-alone',
      comment: 'What is shipped needs nothing of its tests, benchmarks and scripts.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts)/' },
    },
    {
      name: 'pure-no-node',
      comment: 'The pure part runs in a terminal, in a test and in a page: give it data, not the host.',
      severity: 'error',
      from: { path: inside(pureFolders) },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-libraries',
      comment: 'The pure part imports only the packages named in scripts/layers.mjs.',
      severity: 'error',
      from: { path: inside(pureFolders) },
      to: { path: anyPackage, pathNot: packages(pureLibraries) },
    },
    {
      name: 'kernel-libraries',
      comment: 'The kernel knows no Kubernetes and no file format but its own log.',
      severity: 'error',
      from: { path: inside(['kernel']) },
      to: { path: anyPackage, pathNot: packages(kernelLibraries) },
    },
    {
      name: 'replay-runs-nothing',
      comment: 'Replaying a log runs no component; only a fork goes back to the model.',
      severity: 'error',
      from: { path: '^src/replay/', pathNot: '^src/replay/(fork|player/travels)' },
      to: { path: inside(components), reachable: true },
    },
    {
      name: 'screen-libraries-in-tui',
      comment: 'Only src/tui draws: everything else must start without loading ink and react.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/tui/' },
      to: { path: packages(['ink', 'react']) },
    },
    {
      name: 'tui-loaded-lazily',
      comment: 'Use `await import(…)`: `--version` and a piped transcript must not wait for ink to load.',
      severity: 'error',
      from: { path: '^src/(cli|server)/' },
      to: { path: '^src/tui/', dynamic: false, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-dev-dependencies',
      comment: 'What src/ imports at run time is a dependency in package.json, not a devDependency.',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
        // vitest is that of whoever imports what we have for it.
        pathNot: '(^|/)node_modules/(@types|vitest)/',
      },
    },
    {
      name: 'resolvable',
      comment: 'The file or package does not exist.',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: anyPackage },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
