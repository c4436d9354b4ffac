import { manifestPath } from '../../contract/control-plane-paths.ts';
import type { ProgramName } from '../../contract/control-plane-rows.ts';
import { formatKubeVersion, parseKubeVersion } from '../../objects/versions.ts';
import { unifiedHunks } from '../diff/unified-diff.ts';
import { findFile } from '../files.ts';
import { readClusterConfig, readingLines } from './cluster-config.ts';
import type { Command } from './command.ts';
import { texts } from './flags.ts';
import { type Phase, runPhases } from './run-phases.ts';
import { newManifest } from './upgrade-component.ts';

/** `kubeadm upgrade diff [VERSION]` (kubeadm: cmd/upgrade/diff.go): what an upgrade would write otherwise. */
export const upgradeDiff: Command = {
  flags: texts(
    'api-server-manifest',
    'controller-manager-manifest',
    'scheduler-manifest',
    'c,context-lines',
    'feature-gates',
  ),
  run: (call, flags) => runPhases(call, flags, [compare]),
};

const PROGRAMS: readonly ProgramName[] = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'];

const compare: Phase = function* (run) {
  const { call, flags, version, say, notes } = run;
  const [asked = formatKubeVersion(version)] = flags.operands;
  const target = parseKubeVersion(asked);
  for (const line of readingLines('upgrade/diff', version)) say(line);
  const config = yield* readClusterConfig(call);
  if ('problem' in config) return { error: `[upgrade/diff] FATAL: ${config.problem}` };
  if (!target) return { error: `unable to parse "${asked}" as a version: it needs a form such as v1.36.0` };
  notes['target'] = formatKubeVersion(target);
  for (const program of PROGRAMS) {
    const path = manifestPath(program);
    const found = findFile(call.files, path);
    if (found.type !== 'file') return { error: `failed to open ${path}: no such file or directory` };
    const hunks = unifiedHunks(
      found.text,
      newManifest(program, run, { old: found.text, config: config.text }),
    );
    if (hunks !== '') say(`--- ${path}\n+++ new manifest\n${hunks.replace(/\n$/, '')}`);
  }
  return 'done';
};
