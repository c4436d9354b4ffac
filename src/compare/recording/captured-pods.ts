import type { Recording } from './recording.ts';

/** What is read from an output, by the name that later lines call it. */
export type Captures = Readonly<Record<string, { readonly line: string }>>;

export interface CapturedPods {
  readonly lines: readonly (string | undefined)[];
  /** By the index of the command that prints them. */
  readonly captures: ReadonlyMap<number, Captures>;
  /** What must be listed first, as no output told of it, by the index of the command that needs it. */
  readonly listings: ReadonlyMap<number, Captures>;
}

/**
 * Generated names that were typed are read from the output that told of them, as whoever typed them did:
 * there the first pod of its owner's. Pods of one owner are as good as each other until one is touched.
 */
export function withCapturedPods(
  { commands, changes }: Pick<Recording, 'commands' | 'changes'>,
  lines: readonly (string | undefined)[],
): CapturedPods {
  const families = new Map<string, string>();
  for (const { object } of changes) {
    const { name = '', generateName } = object.metadata;
    if (object.kind === 'Pod' && generateName !== undefined && !/-\d+$/.test(name))
      families.set(name, generateName);
  }
  const captures = new Map<number, Captures>();
  const listings = new Map<number, Captures>();
  const replaced = lines.map((line, index) => {
    const typed = [...families.keys()].filter((one) => line?.includes(one) === true);
    return typed.reduce((text, name, at) => {
      const captured = at === 0 ? `pod${index}` : `pod${index}n${at}`;
      const capture = { [captured]: { line: `/${patternOf(families.get(name) ?? '')}/` } };
      const listing = commands.findLastIndex((each) => each.index < index && each.output.includes(name));
      const into = listing < 0 ? listings : captures;
      const key = listing < 0 ? index : listing;
      into.set(key, { ...into.get(key), ...capture });
      return text?.replaceAll(name, `\${${captured}}`);
    }, line);
  });
  return { lines: replaced, captures, listings };
}

/** Of `web-57b545b656-` any pod of `web`, as hashes differ; of `agent-` any pod of that. */
function patternOf(generateName: string): string {
  const [, owner = generateName.slice(0, -1), hash] =
    /^(.+)-([bcdfghjklmnpqrstvwxz2456789]{6,10})-$/.exec(generateName) ?? [];
  const literal = owner.replaceAll('.', '\\.');
  return hash === undefined ? `${literal}-[a-z0-9]{5}` : `${literal}-[a-z0-9]+-[a-z0-9]{5}`;
}
