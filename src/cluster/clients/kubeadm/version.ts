import { versionInfo } from '../../objects/version-info.ts';
import { atOnce } from '../at-once.ts';
import type { Command } from './command.ts';
import { texts } from './flags.ts';
import { packageVersionOf } from './package-version.ts';

/** `kubeadm version [-o short|yaml|json]` (kubeadm: cmd/version.go). */
export const version: Command = {
  flags: texts('o,output'),
  run: atOnce((call, flags) => {
    const { view, write } = call;
    const own = packageVersionOf(call, 'kubeadm');
    const info = versionInfo(own, view.settings.epochMs);
    const output = flags.text('output');
    if (output === 'short') write('stdout', `${info.gitVersion}\n`);
    else if (output === 'json') write('stdout', `${JSON.stringify({ clientVersion: info }, null, 2)}\n`);
    else if (output === 'yaml') {
      const lines = Object.entries(info).map(
        ([key, value]) => `  ${key}: ${/^\d+$/.test(value) ? `"${value}"` : value}`,
      );
      write('stdout', `clientVersion:\n${lines.join('\n')}\n`);
    } else {
      const fields = Object.entries(info).map(
        ([key, value]) => `${key[0]?.toUpperCase()}${key.slice(1)}:"${value}"`,
      );
      write('stdout', `kubeadm version: &version.Info{${fields.join(', ')}}\n`);
    }
    return { exitCode: 0 };
  }),
};
