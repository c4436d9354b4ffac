import { parseGoDuration } from '../../../kernel/time/go-duration.ts';
import { kubeconfigText } from '../../kubeadm/kubeconfig.ts';
import { authorityCertificate, authorityOf, GOOD_FOR_MS } from '../../kubeadm/pki.ts';
import { issueCredentials } from '../../objects/pki/client-credentials.ts';
import type { DistinguishedName } from '../../objects/pki/distinguished-name.ts';
import { atOnce } from '../at-once.ts';
import type { Command } from './command.ts';
import { texts } from './flags.ts';
import { packageVersionOf } from './package-version.ts';
import { placeOf } from './place-of.ts';
import { failed } from './run-phases.ts';

/**
 * `kubeadm kubeconfig user --client-name jane --org dev`: a kubeconfig that is printed (kubeadm:
 * cmd/kubeconfig.go).
 */
export const kubeconfigUser: Command = {
  flags: texts('client-name', 'org', 'token', 'config', 'validity-period'),
  run: atOnce((call, flags) => {
    const user = flags.text('client-name');
    if (user === '') return failed(call, 'required flag(s) "client-name" not set');
    const place = placeOf(call, packageVersionOf(call, 'kubeadm'));
    const groups = flags
      .text('org')
      .split(',')
      .filter((name) => name !== '');
    const subject: DistinguishedName = [
      ...groups.map((name): DistinguishedName[number] => ['O', name]),
      ['CN', user],
    ];
    const { certificate, key } = issueCredentials(
      {
        identity: `${place.seed} kubeconfig of ${user} ${call.command} ${call.instance}`,
        subject,
        usages: ['client auth'],
        notBefore: place.epochMs + call.now,
        goodForMs: parseGoDuration(flags.text('validity-period')) ?? GOOD_FOR_MS,
      },
      authorityOf('ca', place),
    );
    const ca = authorityCertificate('ca', place);
    call.write('stdout', kubeconfigText({ user, server: place.server, ca, certificate, key }));
    return { exitCode: 0 };
  }),
};
