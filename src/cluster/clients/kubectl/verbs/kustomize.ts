import { bool, refused, text } from '../../flags/flag.ts';
import { fail } from '../failure.ts';
import { DONE } from '../invocation.ts';
import { buildKustomization } from '../kustomize/build-kustomization.ts';
import type { Verb } from '../verb.ts';

export const kustomize: Verb = {
  name: 'kustomize',
  flags: refused(
    text('o,output'),
    bool('as-current-user'),
    bool('enable-alpha-plugins'),
    bool('enable-helm'),
    text('e,env'),
    text('helm-api-versions'),
    text('helm-command'),
    bool('helm-debug'),
    text('helm-kube-version'),
    text('load-restrictor'),
    text('mount'),
    bool('network'),
    text('network-name'),
  ),
  run({ args, files, version, out, err }) {
    if (args.length > 1) fail('specify one path to kustomization.yaml');
    out(buildKustomization(args[0] ?? '.', { files, minor: version.minor, warn: err }));
    return DONE;
  },
};
