import type { Command } from 'commander';
import { addCommand, type CommandLine } from './command-line.ts';
import type { InitOptions } from './init.ts';
import type { LearnOptions } from './learn/learn.ts';
import type { ListOptions } from './list.ts';
import type { PlayOptions } from './play.ts';
import type { RecordOptions } from './record/record.ts';
import type { RunOptions } from './run.ts';
import type { ServeOptions } from './serve.ts';
import { addTestCommand } from './test/test-command.ts';

/** The commands that tell and test scenarios. */
export function addScenarioCommands(program: Command, line: CommandLine): void {
  const { types } = line;
  addCommand(program, 'play', line)
    .argument('<scenario|log>', 'played')
    .which()
    .lang()
    .option('--at <instant>', 'openAt', types.instant)
    .action(async (what: string, options: PlayOptions) =>
      (await import('./play.ts')).playCommand(what, options),
    );
  addCommand(program, 'run', line)
    .argument('<scenario>', 'scenario')
    .option('-o, --output <log>', 'output')
    .which()
    .lang()
    .action(async (what: string, options: RunOptions) =>
      (await import('./run.ts')).runCommand(what, options),
    );
  addTestCommand(program, line);
  addRecord(program, line);
  addServe(program, line);
  addCommand(program, 'init', line)
    .argument('<folder>', 'manifests')
    .option('--force', 'forceInit')
    .lang()
    .action(async (folder: string, options: InitOptions) =>
      (await import('./init.ts')).initCommand(folder, options),
    );
  addCommand(program, 'learn', line)
    .argument('[scenario]', 'lesson')
    .option('--json', 'json')
    .seed()
    .lang()
    .action(async (what: string | undefined, options: LearnOptions) =>
      (await import('./learn/learn.ts')).learnCommand(what, options),
    );
  addCommand(program, 'list', line)
    .option('--tag <tag>', 'tag', types.list)
    .option('--curriculum', 'curriculum')
    .option('--json', 'json')
    .lang()
    .action(async (options: ListOptions) => (await import('./list.ts')).listCommand(options));
}

function addRecord(program: Command, line: CommandLine): void {
  const { types } = line;
  addCommand(program, 'record', line)
    .argument('[scenario|log]', 'played')
    .option('-o, --output <file>', 'recordOutput')
    .option('--all', 'recordAll')
    .option('--format <format>', 'recordFormat')
    .option('--picture <which>', 'picture')
    .option('--at <instant>', 'stillAt', types.instant)
    .option('--pane <name>', 'stillPane')
    .option('--theme <theme>', 'theme')
    .option('--columns <count>', 'columns', types.count)
    .option('--rows <count>', 'rows', types.count)
    .option('--redact', 'redact')
    .which()
    .lang()
    .action(async (what: string | undefined, options: RecordOptions) =>
      options.all
        ? (await import('./record/record-all.ts')).recordAllCommand(options)
        : (await import('./record/record.ts')).recordCommand(what, options),
    );
}

function addServe(program: Command, line: CommandLine): void {
  const { types } = line;
  addCommand(program, 'serve', line)
    .argument('[scenario|log]', 'served')
    .option('--port <number>', 'port')
    .option('--address <address>', 'address')
    .option('--kubeconfig <file>', 'kubeconfig')
    .option('--user <name=token>', 'user', types.list)
    .option('--clock <clock>', 'clock')
    .option('--room <ms>', 'room', types.count)
    .option('--play', 'servePlay')
    .option('--from <instant>', 'serveFrom', types.instant)
    .option('--at <instant>', 'serveAt', types.instant)
    .option('-o, --output <log>', 'serveOutput')
    .option('--save-scenario <folder>', 'saveScenario')
    .option('--nodes <count>', 'nodes', types.count)
    .option('--kubernetes <version>', 'clusterVersion')
    .chosen()
    .lang()
    .action(async (what: string | undefined, options: ServeOptions) =>
      (await import('./serve.ts')).serveCommand(what, options),
    );
}
