import type { EtcdSeries } from '../../etcd/etcd-version.ts';
import { quoteGo } from '../../objects/go-json.ts';
import type { CommandSpec } from './cobra.ts';
import { bool, CLUSTER, type ToolFlag } from './command-flags.ts';

export interface Tool {
  readonly name: 'etcdctl' | 'etcdutl';
  readonly short: string;
  readonly series: EtcdSeries;
  readonly version: string;
  readonly specs: readonly CommandSpec[];
  readonly globals: readonly ToolFlag[];
}

/** What `--help` prints of a tool, a group or a command. etcd: pkg/cobrautl/help.go. */
export function usageOf(tool: Tool, words: readonly string[]): string {
  const name = words.join(' ');
  const spec = tool.specs.find((candidate) => candidate.words === name);
  const below = byWords(tool.specs).filter(({ words: path }) => name === '' || path.startsWith(`${name} `));
  const isGroup = spec === undefined;
  const indent = tool.series === '3.4' || tool.series === '3.5' ? '\t' : '  ';
  const title = name === '' ? tool.name : name;
  const short = spec?.short ?? (name === '' ? tool.short : (GROUPS[name] ?? ''));
  const inOption = spec?.use.includes('[options]') || !isGroup ? ' [flags]' : '';
  const use = `${[tool.name, ...words].join(' ')}${usedAs(spec, isGroup, name)}${inOption}`;
  const lines = ['NAME:', `${indent}${title} - ${short}`, '', 'USAGE:', `${indent}${use}`, ''];
  if (name === '') lines.push('VERSION:', `${indent}${tool.version}`, '');
  if (isGroup) {
    lines.push('API VERSION:', `${indent}${tool.series}`, '', '', 'COMMANDS:');
    for (const command of below) lines.push(`${indent}${relative(command, name)}\t${command.short}`);
    lines.push('');
  }
  if (spec?.long !== undefined) {
    lines.push(
      'DESCRIPTION:',
      ...spec.long
        .trim()
        .split('\n')
        .map((line) => indent + line),
      '',
    );
  }
  // Flags that all commands of a group have are the group's.
  const shared = below.every(({ flags = [] }) => flags.includes(CLUSTER)) && isGroup ? [CLUSTER] : [];
  const flags = spec?.words.startsWith('endpoint ')
    ? spec.flags?.filter((flag) => flag !== CLUSTER)
    : spec?.flags;
  const own: readonly ToolFlag[] = [...(flags ?? []), ...shared, helpOf(words.at(-1) ?? tool.name)];
  const inherited = flags === spec?.flags ? tool.globals : [...tool.globals, CLUSTER];
  const local = name === '' ? [...tool.globals, ...own] : own;
  lines.push('OPTIONS:', ...byName(local).map(flagLine));
  if (name !== '') lines.push('', 'GLOBAL OPTIONS:', ...byName(inherited).map(flagLine));
  return `${aligned(lines).join('\n')}\n\n`;
}

const GROUPS: Readonly<Record<string, string>> = {
  alarm: 'Alarm related commands',
  endpoint: 'Endpoint related commands',
  lease: 'Lease related commands',
  member: 'Membership related commands',
  snapshot: 'Manages etcd node snapshots',
};

function usedAs(spec: CommandSpec | undefined, isGroup: boolean, name: string): string {
  if (isGroup) return name === '' ? ' [flags]' : ' <subcommand> [flags]';
  return spec === undefined || spec.use === '' ? '' : ` ${spec.use}`;
}

function byWords(specs: readonly CommandSpec[]): readonly CommandSpec[] {
  return [...specs].sort((a, b) => (a.words < b.words ? -1 : 1));
}

function relative({ words }: CommandSpec, group: string): string {
  return group === '' ? words : words.slice(group.length + 1);
}

function helpOf(name: string): ToolFlag {
  return { ...bool('help', `help for ${name}`), short: 'h' };
}

function byName(flags: readonly ToolFlag[]): readonly ToolFlag[] {
  return [...flags].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function flagLine({ name, short, kind, byDefault, usage }: ToolFlag): string {
  const head = short === undefined ? `      --${name}` : `  -${short}, --${name}`;
  const value = kind === 'text' ? quoteGo(byDefault) : kind === 'list' ? `[${byDefault}]` : byDefault;
  return `${head}${kind === 'bool' ? `[=${value}]` : `=${value}`}\t${usage}`;
}

const TAB = 8;

/** Go's tabwriter with tabs to fill: what stands in one column of neighbouring lines is as wide. */
function aligned(lines: readonly string[]): readonly string[] {
  const result: string[] = [];
  for (let at = 0; at < lines.length; ) {
    let end = at;
    while (end < lines.length && cellsOf(lines[end] ?? '') !== undefined) end += 1;
    const block = lines.slice(at, end).map((line) => cellsOf(line) ?? ['', '']);
    const lengths = block.map(([first]) => first.replace(/^\t/, '').length);
    const width = Math.ceil((Math.max(0, ...lengths) + 1) / TAB) * TAB;
    for (const [index, [first, rest]] of block.entries())
      result.push(first + '\t'.repeat(Math.ceil((width - (lengths[index] ?? 0)) / TAB)) + rest);
    if (end < lines.length) result.push(lines[end] ?? '');
    at = end + 1;
  }
  return result;
}

/** A tab at the beginning of a line indents it, and makes no column of its own that shows. */
function cellsOf(line: string): readonly [string, string] | undefined {
  const at = line.indexOf('\t', 1);
  return at < 0 ? undefined : [line.slice(0, at), line.slice(at + 1)];
}
