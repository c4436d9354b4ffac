import type { Command } from 'commander';
import { addCommand, type CommandLine } from './command-line.ts';
import type { CompareOptions } from './compare.ts';
import type { ImportOptions } from './import.ts';
import type { LogsOptions } from './logs.ts';
import type { MetricsOptions } from './metrics.ts';

/** The commands that take a log elsewhere, or hold it against something. */
export function addLogCommands(program: Command, line: CommandLine): void {
  const { types } = line;
  addCommand(program, 'export', line)
    .argument('<log>', 'log')
    .required('--format <format>', 'format')
    .lang()
    .action(async (log: string, options: { readonly format: string }) =>
      (await import('./export.ts')).exportCommand(log, options),
    );
  addCommand(program, 'import', line)
    .argument('<files...>', 'imported')
    .required('-o, --output <log|folder>', 'importOutput')
    .option('--force', 'forceInit')
    .lang()
    .action(async (files: readonly string[], options: ImportOptions) =>
      (await import('./import.ts')).importCommand(files, options),
    );
  addCommand(program, 'metrics', line)
    .argument('<log|scenario>', 'travelled')
    .option('--every <time>', 'every', types.span)
    .option('-o, --output <file>', 'metricsOutput')
    .which()
    .lang()
    .action(async (what: string, options: MetricsOptions) =>
      (await import('./metrics.ts')).metricsCommand(what, options),
    );
  addCommand(program, 'logs', line)
    .argument('<log|scenario>', 'travelled')
    .required('-o, --output <folder>', 'logsOutput')
    .which()
    .lang()
    .action(async (what: string, options: LogsOptions) =>
      (await import('./logs.ts')).logsCommand(what, options),
    );
  addCommand(program, 'compare', line)
    .argument('<trace>', 'trace')
    .argument('[log]', 'otherLog')
    .option('--all', 'all')
    .option('--json', 'json')
    .option('--until <time>', 'until', types.duration)
    .option('--namespace <name>', 'comparedNamespace')
    .seed()
    .lang()
    .option('-o, --output <log>', 'playedOutput')
    .action(async (trace: string, log: string | undefined, options: CompareOptions) =>
      (await import('./compare.ts')).compareCommand(trace, log, options),
    );
}
