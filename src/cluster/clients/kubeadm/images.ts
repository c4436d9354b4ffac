import { drawWhole } from '../../../kernel/chance/draw.ts';
import { kubeadmImages } from '../../kubeadm/images.ts';
import { type KubeVersion, parseKubeVersion } from '../../objects/versions.ts';
import { atOnce } from '../at-once.ts';
import type { Call } from '../program.ts';
import type { Command } from './command.ts';
import { type Flags, texts } from './flags.ts';
import { packageVersionOf } from './package-version.ts';
import { prepull } from './prepull.ts';
import { failed, runPhases } from './run-phases.ts';

const FLAGS = texts('kubernetes-version', 'image-repository', 'cri-socket', 'feature-gates', 'o,output');

function wanted(call: Call, flags: Flags): KubeVersion | undefined {
  const text = flags.text('kubernetes-version');
  if (text === '' || text === 'stable') return packageVersionOf(call, 'kubeadm');
  return parseKubeVersion(text);
}

/** `kubeadm config images list` (kubeadm: cmd/config.go). */
export const imagesList: Command = {
  flags: FLAGS,
  run: atOnce((call, flags) => {
    const version = wanted(call, flags);
    if (!version)
      return failed(call, `couldn't parse Kubernetes version "${flags.text('kubernetes-version')}"`);
    for (const image of kubeadmImages(version)) call.write('stdout', `${image}\n`);
    return { exitCode: 0 };
  }),
};

export const imagesPull: Command = {
  flags: FLAGS,
  *run(call, flags) {
    const version = wanted(call, flags);
    if (!version)
      return failed(call, `couldn't parse Kubernetes version "${flags.text('kubernetes-version')}"`);
    const images = kubeadmImages(version);
    return yield* runPhases(
      call,
      flags,
      images.flatMap((image) => [
        function* ({ since, call: { now, view, command } }) {
          yield* [];
          const until = since + drawWhole(view.chance, 800, 4000, 'kubeadm pull', image, command);
          return now >= until ? 'done' : { until };
        },
        function* (run) {
          yield* prepull(run, [image]);
          run.say(`[config/images] Pulled ${image}`);
          return 'done';
        },
      ]),
    );
  },
};
