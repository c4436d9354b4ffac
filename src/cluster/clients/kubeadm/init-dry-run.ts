import { drawWhole } from '../../../kernel/chance/draw.ts';
import { kubeletFiles, manifestFiles } from '../../kubeadm/machine-files.ts';
import { placeOf } from './place-of.ts';
import type { Phase } from './run-phases.ts';
import { askedOf } from './setup-asked.ts';

/** Says what would be done, and does nothing (kubeadm: cmd/init.go, util/dryrun). */
export const tellDryRun: Phase = function* (run) {
  yield* [];
  const { call, node, say, version } = run;
  const place = placeOf(call, version);
  const number = drawWhole(
    call.view.chance,
    1_000_000,
    4_000_000_000,
    'dry run',
    call.command,
    call.instance,
  );
  const folder = `/etc/kubernetes/tmp/kubeadm-init-dryrun${number}`;
  say(
    `[dryrun] Wrote certificates, kubeconfig files and control plane manifests to the "${folder}" directory`,
  );
  say('[dryrun] The certificates or kubeconfig files would not be printed due to their sensitive nature');
  say(`[dryrun] Please examine the "${folder}" directory for details about what would be written`);
  const machine = { node, ip: place.ip, ...askedOf(run) };
  for (const { path, content } of [...manifestFiles(machine), ...kubeletFiles(machine.version)]) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    say(`[dryrun] Would write file "${path}" with content:`);
    say(content.replace(/\n$/, '').replaceAll(/^/gm, '\t'));
    run.written.push({ path: `${folder}/${name}`, text: content, mode: 0o600 });
  }
  say('[dryrun] Finished dry-running successfully. Above are the resources that would be created');
  return 'done';
};
