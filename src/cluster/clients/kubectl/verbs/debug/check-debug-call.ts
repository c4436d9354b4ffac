import { parseImageName } from '../../../../objects/image-name.ts';
import { inVersion, type Since } from '../../../../objects/versions.ts';
import { fail } from '../../failure.ts';
import type { Invocation } from '../../invocation.ts';
import type { Profile } from './debug-call.ts';
import { isProfile } from './profiles.ts';

/** `general` is the default of 1.36; it was `legacy`. */
const DEFAULT_PROFILE: Since<Profile> = [
  [0, 'legacy'],
  [36, 'general'],
];

/** Finds fault in the order in which kubectl does (debug.go: Complete, Validate), and tells the profile. */
export function checkDebugCall(
  invocation: Invocation,
  names: readonly string[],
  command: readonly string[],
): Profile {
  const { flags, out, err, version } = invocation;
  const profile = flags.text('profile') || inVersion(DEFAULT_PROFILE, version);
  if (!isProfile(profile)) return fail(`unknown profile: ${profile}`);
  for (const [isSo, message] of faults(invocation, names, command)) if (isSo) fail(message);
  const target = flags.text('target');
  if (target !== '' && !flags.bool('quiet')) out(`Targeting container "${target}". ${DOUBT}\n`);
  if (flags.bool('tty') && !flags.bool('stdin'))
    fail('-i/--stdin is required for containers with -t/--tty=true');
  if (profile === 'legacy' && version.minor >= 31) err(`${inVersion(LEGACY, version)}\n`);
  return profile;
}

type Fault = readonly [isSo: boolean, message: string];

function faults(
  { flags }: Invocation,
  names: readonly string[],
  command: readonly string[],
): readonly Fault[] {
  const image = flags.text('image');
  const hasContainer = flags.text('container') !== '';
  const isCopy = flags.text('copy-to') !== '';
  const setsImages = flags.list('set-image').length > 0;
  const attaches = flags.isSet('attach') && flags.bool('attach');
  const says = command.length > 0;
  const pullPolicy = flags.text('image-pull-policy');
  const isPolicy = ['', 'Always', 'IfNotPresent', 'Never'].includes(pullPolicy);
  const create = 'you must specify --container or create a new container using --image in order to attach.';
  const existing = 'you must specify an existing container or a new image when specifying args.';
  return [
    [attaches && image === '' && !hasContainer, create],
    [
      isCopy && !says && image === '' && !setsImages,
      'you must specify --image, --set-image or command arguments.',
    ],
    [isCopy && says && !hasContainer && image === '', existing],
    [!isCopy && flags.bool('replace'), '--replace may only be used with --copy-to.'],
    [!isCopy && flags.bool('same-node'), '--same-node may only be used with --copy-to.'],
    [!isCopy && setsImages, '--set-image may only be used with --copy-to.'],
    [!isCopy && image === '', 'you must specify --image when not using --copy-to.'],
    [
      image !== '' && parseImageName(image) === undefined,
      `invalid image name "${image}": invalid reference format`,
    ],
    [names.length === 0, 'NAME or filename is required for debug'],
    [!isPolicy, `invalid image pull policy: ${pullPolicy}`],
    [
      isCopy && flags.text('target') !== '',
      '--target is incompatible with --copy-to. Use --share-processes instead.',
    ],
  ];
}

const DOUBT =
  "If you don't see processes from this container it may be because the container runtime doesn't support this feature.";

const ADVICE = 'specify a profile, for example "--profile=general".';

const LEGACY: Since<string> = [
  [
    0,
    `--profile=legacy is deprecated and will be removed in the future. It is recommended to explicitly ${ADVICE}`,
  ],
  [
    36,
    '--profile=legacy is deprecated and planned to be removed in v1.39. It is recommended to specify other profile, for example "--profile=general".',
  ],
];
