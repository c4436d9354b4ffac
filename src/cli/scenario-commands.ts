import type { Command } from 'commander';
import { addCommand, type CommandLine } from './command-line.ts';
import type { ListOptions } from './list.ts';
import type { PlayOptions } from './play.ts';
import type { RunOptions } from './run.ts';

/** The commands that tell and test scenarios. */
export function addScenarioCommands(program: Command, line: CommandLine): void {
  const { types } = line;
  addCommand(program, 'play', line)
    .argument('<scenario|log>', 'played')
    .seed()
    .lang()
    .option('--at <instant>', 'openAt', types.instant)
    .action(async (what: string, options: PlayOptions) =>
      (await import('./play.ts')).playCommand(what, options),
    );
  addCommand(program, 'run', line)
    .argument('<scenario>', 'scenario')
    .option('-o, --output <log>', 'output')
    .seed()
    .lang()
    .action(async (what: string, options: RunOptions) =>
      (await import('./run.ts')).runCommand(what, options),
    );
  addCommand(program, 'list', line)
    .option('--curriculum', 'curriculum')
    .option('--json', 'json')
    .lang()
    .action(async (options: ListOptions) => (await import('./list.ts')).listCommand(options));
}
