import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { emptyScenario } from '../../../src/server/live/open-live.ts';
import type { Kubectl, Said } from './kubectls.ts';
import { startTestServer } from './test-server.ts';

/** A real kubectl in the namespace `one` of a cluster, and the built-in one in its namespace `two`. */
export interface KubectlPair {
  /** Lines for a shell, with the same files around both; `{node}` and `{ns}` are each one's own. */
  real(line: string): Promise<Said>;
  builtIn(line: string): Promise<Said>;
  close(): Promise<void>;
}

export async function startPair(
  program: Kubectl,
  files: Readonly<Record<string, string>>,
): Promise<KubectlPair> {
  const scenario = emptyScenario({ nodes: 3, version: `1.${program.minor}` });
  const settings = { ...scenario.settings, epochMs: Date.now() };
  const all = { ...scenario, settings, files: { ...scenario.files, ...files } };
  const server = await startTestServer({ secure: true, scenario: all });
  const folder = mkdtempSync(join(tmpdir(), 'kubereel-pair-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  mkdirSync(join(folder, 'bin'));
  symlinkSync(program.path, join(folder, 'bin', 'kubectl'));
  const PATH = [join(folder, 'bin'), process.env['PATH']].join(delimiter);
  const env = { PATH, HOME: folder, KUBECONFIG: server.kubeconfig, TZ: 'UTC', LANG: 'C' };
  const pair: KubectlPair = {
    real: (line) =>
      inShell(line.replaceAll('{node}', 'node-1').replaceAll('{ns}', 'one'), {
        cwd: folder,
        env,
        timeout: 60_000,
      }),
    async builtIn(line) {
      const { live } = server;
      const own = line.replaceAll('{node}', 'node-2').replaceAll('{ns}', 'two');
      const id = await live.type({ client: 'test', line: own });
      for (;;) {
        const { store, seq } = live.world();
        const row = store.tables.commands.read(id, seq);
        if (row?.exitCode !== undefined)
          return { code: row.exitCode, stdout: row.stdout, stderr: row.stderr };
        live.advance(live.now() + 50);
      }
    },
    async close() {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await pair.real('kubectl create namespace one && kubectl create namespace two');
  for (const kubectl of [pair.real, pair.builtIn])
    await kubectl('kubectl config set-context --current --namespace={ns}');
  return pair;
}

function inShell(line: string, options: Parameters<typeof execFile>[2]): Promise<Said> {
  return new Promise((resolve) => {
    const child = execFile('sh', ['-c', line], { ...options, encoding: 'utf8' }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
    child.stdin?.end();
  });
}

/** What is each one's own, and what is drawn or counted up to a clock. */
const OWN: readonly (readonly [RegExp, string])[] = [
  [/\b(?:one|two)\b/g, 'NAMESPACE'],
  [/node-\d/g, 'NODE'],
  [/\d+\.\d+\.\d+\.\d+/g, 'ADDRESS'],
  [/(?:-[0-9a-f]{8,10})?-[bcdfghjklmnpqrstvwxz2456789]{5}\b/g, '-DRAWN'],
  [/-[0-9a-f]{8,10}\b/g, '-HASH'],
  [/eyJ[\w.-]+\n?/g, 'TOKEN'],
  [/(LIVE|MERGED)-\d+/g, '$1'],
  [/\d{4}-\d\d-\d\d[T ]\d\d:.*$/gm, 'TIME'],
  [/<invalid>|\b(?:\d+d)?(?:\d+h)?(?:\d+m)?\d+[smhd]\b/g, 'AGE'],
  [/[ \t]+/g, ' '],
  [/ $/gm, ''],
];

export function withoutOwn({ code, stdout, stderr }: Said): Said {
  const shown = (text: string): string => OWN.reduce((rest, [own, name]) => rest.replace(own, name), text);
  return { code, stdout: shown(stdout), stderr: shown(stderr) };
}
