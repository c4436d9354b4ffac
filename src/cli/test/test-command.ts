import type { Command } from 'commander';
import { addCommand, type CommandLine } from '../command-line.ts';
import type { TestOptions } from './test.ts';

/** The command that runs scenarios as tests. */
export function addTestCommand(program: Command, line: CommandLine): void {
  const { types } = line;
  addCommand(program, 'test', line)
    .argument('[scenarios...]', 'scenarios')
    .option('--filter <pattern>', 'testFilter', types.pattern)
    .option('--tag <tag>', 'tag', types.list)
    .option('--shard <part/of>', 'shard', types.shard)
    .option('-j, --jobs <count>', 'jobs', types.count)
    .option('--bail [count]', 'bail', types.count)
    .seed()
    .option('--set <name=value>', 'setParameter', types.values)
    .option('--seeds <count>', 'seeds', types.count)
    .option('-u, --update', 'update')
    .option('--ci', 'ci')
    .option('--watch', 'watch')
    .option('--list', 'listCases')
    .option('--timeout <time>', 'testTimeout', types.span)
    .option('--reporter <name[=file]>', 'reporter', types.list)
    .option('--snapshots <folder>', 'snapshots')
    .lang()
    .action(async (named: readonly string[], options: TestOptions) =>
      (await import('./test.ts')).testCommand(named, options),
    );
}
