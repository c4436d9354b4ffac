import type { Said } from './kubectls.ts';

/**
 * What may differ, and why. Both are told of the same objects; times are counted up to two different clocks.
 */
const EXPLAINED: readonly Explained[] = [
  {
    lines: /^get --raw/,
    kept: (text) => text.replace(/,"managedFields":\[.*?\](?=\})/, ''),
    why: 'the built-in one does not show who owns which field of what it takes as it is',
  },
  {
    lines: /^exec .*nothing$/,
    kept: (text) => text.replace(/[0-9a-f]{64}/, 'ID'),
    why: 'each run of a program has a name of its own',
  },
  {
    lines: /-o (?:json|yaml)$/,
    kept: (text) =>
      text
        .replace(/^ ?"managedFields": \[$[\s\S]*?^ \],$\n/gm, '')
        .replace(/^ managedFields:\n[\s\S]*?(?=^ name:)/gm, ''),
    why: 'kubectl up to 1.20 shows who owns which field, which the built-in one does where it is asked to',
  },
  {
    lines: /^explain .*--recursive$/,
    kept: (text) => text.replaceAll('<map[string]>', '<>'),
    why: 'what may hold anything is an object in the document, and nothing in the table that the built-in one reads',
  },
  {
    lines: /^api-versions$/,
    kept: (text) =>
      text
        .split('\n')
        .filter((line) => !FORMER.test(line))
        .join('\n'),
    why: 'older clusters serve older versions of groups, which only the server tells',
  },
];

interface Explained {
  readonly lines: RegExp;
  kept(text: string): string;
  readonly why: string;
}

const FORMER = /v1beta\d|v2beta\d|^(?:autoscaling\/v2|(?:discovery\.k8s\.io|policy)\/v1)$/;

/** Ages are of two clocks, and columns are as wide as they are. */
function plain(text: string): string {
  return text
    .replace(/\b(?:\d+d)?(?:\d+h)?(?:\d+m)?\d+[smhd]\b/g, 'AGE')
    .replace(/[ \t]+/g, ' ')
    .replace(/ $/gm, '');
}

/** What a line said, without what may differ. */
export function compared(line: string, { stdout, stderr, code }: Said): Said {
  const explained = EXPLAINED.filter(({ lines }) => lines.test(line));
  const shown = (text: string): string => explained.reduce((so, { kept }) => kept(so), plain(text));
  return { code, stdout: shown(stdout), stderr: shown(stderr) };
}
