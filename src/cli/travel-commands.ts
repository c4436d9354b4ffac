import type { Command } from 'commander';
import type { Instant } from '../replay/place.ts';
import { addCommand, type CommandLine } from './command-line.ts';
import type { DiffOptions } from './diff.ts';
import type { ForkOptions } from './fork.ts';
import type { KubectlOptions } from './kubectl.ts';
import type { LogOptions } from './log.ts';
import type { StateOptions } from './state.ts';
import type { ThenOptions } from './then.ts';
import type { WhyOptions } from './why.ts';

/** The commands that go through a log in time. */
export function addTravelCommands(program: Command, line: CommandLine): void {
  addLog(program, line);
  addState(program, line);
  addDiff(program, line);
  addWhy(program, line);
  addThen(program, line);
  addKubectl(program, line);
  addFork(program, line);
}

const WHAT = '<log|scenario>';

function addLog(program: Command, line: CommandLine): void {
  const { types } = line;
  addCommand(program, 'log', line)
    .argument(WHAT, 'travelled')
    .option('--kind <kind>', 'kind')
    .option('--name <name>', 'name')
    .option('-n, --namespace <name>', 'namespace')
    .option('--actor <name>', 'actor')
    .option('--reason <reason>', 'reason')
    .option('--type <type>', 'type')
    .option('--text <words>', 'text')
    .option('--grep <pattern>', 'grep', types.pattern)
    .option('--from <instant>', 'from', types.instant)
    .option('--to <instant>', 'to', types.instant)
    .option('--step <number>', 'step', types.steps)
    .option('--object <kind/name>', 'object')
    .option('--field <field>', 'field', types.field)
    .option('--all', 'allEntries')
    .option('--requests', 'requests')
    .option('--limit <count>', 'limit', types.count)
    .option('--reverse', 'reverse')
    .option('--json', 'jsonLines')
    .which()
    .lang()
    .action(async (what: string, options: LogOptions) =>
      (await import('./log.ts')).logCommand(what, options),
    );
}

function addState(program: Command, line: CommandLine): void {
  addCommand(program, 'state', line)
    .argument(WHAT, 'travelled')
    .argument('[resource...]', 'resources')
    .option('--at <instant>', 'at', line.types.instant)
    .option('-n, --namespace <name>', 'namespace')
    .option('-A, --all-namespaces', 'everyNamespace')
    .option('-l, --selector <labels>', 'selector')
    .option('-o, --output <form>', 'tableOutput')
    .option('--json', 'jsonObjects')
    .which()
    .lang()
    .action(async (what: string, resources: readonly string[], options: StateOptions) =>
      (await import('./state.ts')).stateCommand(what, resources, options),
    );
}

function addDiff(program: Command, line: CommandLine): void {
  addCommand(program, 'diff', line)
    .argument('<log>', 'diffFrom')
    .argument('[log]', 'diffTo')
    .option('--at <instant>', 'diffAt', line.types.instant)
    .option('--and <instant>', 'and', line.types.instant)
    .option('--object <kind/name>', 'diffObject')
    .option('-n, --namespace <name>', 'namespace')
    .option('--all', 'diffAll')
    .option('--json', 'json')
    .which()
    .lang()
    .action(async (first: string, second: string | undefined, options: DiffOptions) =>
      (await import('./diff.ts')).diffCommand(first, second, options),
    );
}

function addWhy(program: Command, line: CommandLine): void {
  addCommand(program, 'why', line)
    .argument(WHAT, 'travelled')
    .argument('<what>', 'subject')
    .option('--at <instant>', 'whyAt', line.types.instant)
    .option('-n, --namespace <name>', 'namespace')
    .option('--all', 'allEntries')
    .option('--limit <count>', 'limitEffects', line.types.count)
    .option('--json', 'jsonReasons')
    .which()
    .lang()
    .action(async (what: string, subject: string, options: WhyOptions) =>
      (await import('./why.ts')).whyCommand(what, subject, options),
    );
}

function addThen(program: Command, line: CommandLine): void {
  addCommand(program, 'then', line)
    .argument(WHAT, 'travelled')
    .argument('<entry>', 'entry', line.types.instant)
    .option('--limit <count>', 'limitEffects', line.types.count)
    .option('--json', 'json')
    .which()
    .lang()
    .action(async (what: string, place: Instant, options: ThenOptions) =>
      (await import('./then.ts')).thenCommand(what, place, options),
    );
}

function addKubectl(program: Command, line: CommandLine): void {
  addCommand(program, 'kubectl', line)
    .argument(WHAT, 'travelled')
    .argument('[command...]', 'kubectl')
    .option('--at <instant>', 'at', line.types.instant)
    .option('--json', 'json')
    .which()
    .lang()
    .action(async (what: string, typed: readonly string[], options: KubectlOptions) =>
      (await import('./kubectl.ts')).kubectlCommand(what, typed, options),
    );
}

function addFork(program: Command, line: CommandLine): void {
  const { types } = line;
  addCommand(program, 'fork', line)
    .argument(WHAT, 'travelled')
    .option('--at <instant>', 'forkAt', types.instant)
    .option('--run <line>', 'run', types.list)
    .option('--set <object.field=value>', 'set', types.list)
    .option('--for <time>', 'for', types.span)
    .option('-o, --output <log>', 'branchOutput')
    .option('--json', 'json')
    .seed()
    .option('--case <values>', 'case')
    .option('--branch <name>', 'storyBranch')
    .lang()
    .action(async (what: string, options: ForkOptions) =>
      (await import('./fork.ts')).forkCommand(what, options),
    );
}
