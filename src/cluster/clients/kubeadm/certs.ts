import { drawHex } from '../../../kernel/chance/draw.ts';
import { HOUR, MINUTE, type Millis, SECOND } from '../../../kernel/time/millis.ts';
import type { Doing } from '../../contract/doing.ts';
import { AUTHORITIES, certificateIn, issue, type ManagedCertificate, managedIn } from '../../kubeadm/pki.ts';
import { formatDate } from '../../tools/format-date.ts';
import { atOnce } from '../at-once.ts';
import { findFile } from '../files.ts';
import { alignColumns } from '../kubectl/print/table/align-columns.ts';
import type { Call, LeftFile, Outcome } from '../program.ts';
import { readClusterConfig, readingLines } from './cluster-config.ts';
import type { Command } from './command.ts';
import { bools, texts } from './flags.ts';
import { packageVersionOf } from './package-version.ts';
import { placeOf } from './place-of.ts';
import { failed } from './run-phases.ts';

/** Go's tabwriter as kubeadm sets it up. */
const ALIGNMENT = { minWidth: 10, padding: 3 };

/** Says where the configuration comes from; certificates are looked after with a dead cluster, too. */
function* tellConfig(call: Call, prefix: string): Doing<void> {
  for (const line of readingLines(prefix, packageVersionOf(call, 'kubeadm')))
    call.write('stdout', `${line}\n`);
  const config = yield* readClusterConfig(call);
  const trouble = `[${prefix}] Error reading configuration from the Cluster. Falling back to default configuration\n`;
  call.write('stdout', 'problem' in config ? `${trouble}\n` : '\n');
}

/** `kubeadm certs check-expiration` (kubeadm: cmd/certs.go newCmdCertsExpiration). */
export const checkExpiration: Command = {
  flags: texts('o,output'),
  *run(call) {
    yield* tellConfig(call, 'check-expiration');
    const rows = managedIn(packageVersionOf(call, 'kubeadm')).map((managed) => {
      const expiry = expiryIn(call, managed.path);
      if (!expiry) return [`!MISSING! ${managed.name}`, '', '', '', ''];
      return [managed.name, ...expiry, managed.authority, 'no      '];
    });
    const authorities = AUTHORITIES.map(({ name, path }) => {
      const expiry = expiryIn(call, path);
      return expiry ? [name, ...expiry, 'no      '] : [`!MISSING! ${name}`, '', '', ''];
    });
    const lines = [
      ['CERTIFICATE', 'EXPIRES', 'RESIDUAL TIME', 'CERTIFICATE AUTHORITY', 'EXTERNALLY MANAGED'],
      ...rows,
      [''],
      ['CERTIFICATE AUTHORITY', 'EXPIRES', 'RESIDUAL TIME', 'EXTERNALLY MANAGED'],
      ...authorities,
    ];
    const text = lines.map((cells) => cells.join('\t')).join('\n');
    call.write('stdout', alignColumns(`${text}\n`, ALIGNMENT).text);
    return { exitCode: 0 };
  },
};

function expiryIn({ files, now, view }: Call, path: string): readonly [string, string] | undefined {
  const found = findFile(files, path);
  const certificate = found.type === 'file' ? certificateIn(found.text) : undefined;
  if (!certificate) return undefined;
  const left = certificate.notAfter - (view.settings.epochMs + now);
  return [dateOf(certificate.notAfter), roughly(left)];
}

/** `Dec 31, 2026 00:00 UTC` */
function dateOf(epochMs: Millis): string {
  return formatDate(epochMs, '%b %d, %Y %H:%M UTC');
}

/** apimachinery: util/duration ShortHumanDuration. */
export function roughly(ms: Millis): string {
  if (ms < -2 * SECOND) return '<invalid>';
  if (ms < 0) return '0s';
  const units: readonly (readonly [Millis, string])[] = [
    [365 * 24 * HOUR, 'y'],
    [24 * HOUR, 'd'],
    [HOUR, 'h'],
    [MINUTE, 'm'],
  ];
  const [unit, letter] = units.find(([size]) => ms >= size) ?? [SECOND, 's'];
  return `${Math.floor(ms / unit)}${letter}`;
}

/** `kubeadm certs renew all|NAME` (kubeadm: cmd/certs.go getRenewSubCommands). */
export const renew: Command = {
  flags: [...texts('csr-dir'), ...bools('use-api')],
  *run(call, { operands: [name] }) {
    const known = managedIn(packageVersionOf(call, 'kubeadm'));
    const chosen = name === 'all' ? known : known.filter((managed) => managed.name === name);
    if (name === undefined)
      return failed(call, 'missing subcommand; "renew" is not meant to be run on its own');
    if (chosen.length === 0) return failed(call, `invalid subcommand "${name}"`);
    yield* tellConfig(call, 'renew');
    const written = chosen.flatMap((managed) => renewed(call, managed));
    if (name === 'all')
      call.write(
        'stdout',
        '\nDone renewing certificates. You must restart the kube-apiserver, kube-controller-manager, kube-scheduler and etcd, so that they can use the new certificates.\n',
      );
    return { exitCode: 0, written };
  },
};

function renewed(call: Call, managed: ManagedCertificate): readonly LeftFile[] {
  if (findFile(call.files, managed.path).type !== 'file') {
    call.write('stdout', `MISSING! ${managed.longName}\n`);
    return [];
  }
  call.write('stdout', `${managed.longName} renewed\n`);
  return renewedFiles(call, managed);
}

/** A certificate signed anew, for another year from now. */
export function renewedFiles(call: Call, managed: ManagedCertificate): readonly LeftFile[] {
  const place = placeOf(call, packageVersionOf(call, 'kubeadm'));
  return issue(managed, place, call.now).map(({ path, content, mode }) => ({
    path,
    text: content,
    mode,
    makesFolders: true,
  }));
}

/** `kubeadm certs certificate-key`. */
export const certificateKey: Command = {
  flags: [],
  run: atOnce(({ view, command, instance, write }): Outcome => {
    write('stdout', `${drawHex(view.chance, 64, 'certificate key', command, instance)}\n`);
    return { exitCode: 0 };
  }),
};
