import { drawHex } from '../../../kernel/chance/draw.ts';
import { formatRfc3339 } from '../../../kernel/time/rfc3339.ts';
import { formatKubeVersion, type KubeVersion } from '../../objects/versions.ts';
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
    const info = infoOf(own, formatRfc3339(view.settings.epochMs - 30 * 86_400_000));
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

function infoOf(own: KubeVersion, buildDate: string) {
  const gitVersion = formatKubeVersion(own);
  return {
    major: '1',
    minor: String(own.minor),
    gitVersion,
    gitCommit: drawHex({ seed: 'kubernetes' }, 40, 'commit', gitVersion),
    gitTreeState: 'clean',
    buildDate,
    goVersion: goVersionOf(own),
    compiler: 'gc',
    platform: 'linux/amd64',
  };
}

/** Two minor versions of Go a year, as Kubernetes follows them. */
function goVersionOf({ minor }: KubeVersion): string {
  if (minor < 24) return minor < 22 ? 'go1.15.15' : 'go1.17.13';
  return `go1.${18 + Math.ceil((minor - 24) / 2)}.${minor % 2 === 0 ? 3 : 9}`;
}
