import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Files } from '../../../../../src/cluster/clients/files.ts';
import type { Request } from '../../../../../src/cluster/contract/request.ts';
import { FIRST_OBJECTS, SETTINGS, typeLines } from '../../type-lines.ts';
import { runInShell } from './run-in-shell.ts';
import { serveCluster } from './serve-cluster.ts';
import { masked, type Printed } from './transcript.ts';

const FOLDER = fileURLToPath(new URL('fixtures/files', import.meta.url));

/** The files that lie in the folder where the lines are typed. */
const FILES: Files = Object.fromEntries(
  readdirSync(FOLDER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => [path.slice(FOLDER.length + 1), readFileSync(path, 'utf8')]),
);

const NODE: Request = {
  verb: 'create',
  resource: 'nodes',
  object: { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-1' } },
};

const STEP_MS = 3000;

/** Types the lines into the simulation. */
export function playHere(lines: readonly string[], minor: number): readonly Printed[] {
  const { commands } = typeLines(
    lines.map((line, index) => [STEP_MS * (index + 1), line]),
    { files: FILES, minor, deeds: [[0, NODE]], until: STEP_MS * lines.length + 60_000 },
  );
  return commands.map(({ line, stdout, stderr, exitCode = -1 }) =>
    maskedAll({ line, stdout, stderr, exitCode }),
  );
}

function maskedAll(printed: Printed): Printed {
  return { ...printed, stdout: masked(printed.stdout), stderr: masked(printed.stderr) };
}

/** Lets a shell run the lines with a real kubectl, which talks to the simulation's API server. */
export async function playThere(lines: readonly string[], minor: number): Promise<readonly Printed[]> {
  const settings = { ...SETTINGS, version: { minor, patch: 2 } };
  const server = await serveCluster(settings, [...FIRST_OBJECTS, NODE]);
  const home = mkdtempSync(join(tmpdir(), 'kubectl-'));
  const folder = join(home, 'folder');
  const real = join(process.env['KUBECTL_FOLDER'] ?? '', `kubectl.1.${minor}`);
  cpSync(FOLDER, folder, { recursive: true });
  // Under its usual name, for it says how it was called.
  const program = join(home, 'kubectl');
  writeFileSync(program, `#!/bin/bash\nexec -a kubectl ${real} "$@"\n`);
  chmodSync(program, 0o755);
  writeFileSync(join(home, 'config'), kubeconfig(server.url));
  const env = { HOME: home, KUBECONFIG: join(home, 'config'), TZ: 'UTC', PATH: `${home}:/usr/bin:/bin` };
  const printed: Printed[] = [];
  for (const line of lines) printed.push(maskedAll(await runInShell(line, folder, env)));
  await server.stop();
  rmSync(home, { recursive: true, force: true });
  return printed;
}

function kubeconfig(server: string): string {
  const [cluster, user] = ['kubernetes', 'kubernetes-admin'];
  const context = `${user}@${cluster}`;
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: cluster, cluster: { server } }],
    users: [{ name: user, user: {} }],
    contexts: [{ name: context, context: { cluster, user } }],
    'current-context': context,
  });
}
