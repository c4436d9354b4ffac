import type { Command } from 'commander';
import type { ArgumentName, CommandName, HelpWords, OptionName } from '../words/help-words.ts';
import type { Words } from '../words/words.ts';
import { type OptionTypes, optionTypes } from './option-types.ts';

/** What commands are described with. */
export interface CommandLine {
  readonly words: Words;
  /** The language that it is told in where none is asked for. */
  readonly language: string;
  readonly types: OptionTypes;
  /** Takes the exit code of a command that has ended. */
  readonly done: (code: number) => void;
}

export function commandLine(words: Words, language: string, done: (code: number) => void): CommandLine {
  return { words, language, done, types: optionTypes(words.wrong) };
}

/** A command that describes itself in the reader's language. */
export interface Described {
  argument(flags: string, name: ArgumentName, read?: (text: string) => unknown): Described;
  option(flags: string, name: OptionName, read?: (text: string, before: never) => unknown): Described;
  required(flags: string, name: OptionName): Described;
  /** Every command speaks to its reader. */
  lang(): Described;
  seed(): Described;
  /** Which case of a scenario is meant. */
  chosen(): Described;
  /** Which run of a scenario is meant: the story of a case, or a branch of it. */
  which(): Described;
  action(run: (...args: never[]) => Promise<number>): void;
}

/** Adds a command to the program. Instants are explained with those that take any. */
export function addCommand(program: Command, name: CommandName, line: CommandLine): Described {
  const { words, language, types, done } = line;
  const { help } = words;
  const command = program.command(name).description(help.commands[name].does);
  let takesInstants = false;
  const described: Described = {
    argument(flags, argument, read) {
      takesInstants ||= read === types.instant || argument === 'subject';
      if (read) command.argument(flags, help.arguments[argument], (text: string) => read(text));
      else command.argument(flags, help.arguments[argument]);
      return described;
    },
    option(flags, option, read) {
      takesInstants ||= read === types.instant;
      if (read) command.option(flags, help.options[option], read as (text: string) => unknown);
      else command.option(flags, help.options[option]);
      return described;
    },
    required(flags, option) {
      command.requiredOption(flags, help.options[option]);
      return described;
    },
    lang() {
      command.option('--lang <language>', help.options.lang, types.language, language);
      return described;
    },
    seed: () => described.option('--seed <number>', 'seed', types.seed),
    chosen: () =>
      described
        .seed()
        .option('--set <name=value>', 'setParameter', types.values)
        .option('--case <values>', 'case'),
    which: () => described.chosen().option('--branch <name>', 'storyBranch'),
    action(run) {
      command.addHelpText('after', () => notesOf(name, help, takesInstants));
      command.action(async (...args) => done(await run(...(args as never[]))));
    },
  };
  return described;
}

/** Examples, what else there is to know, and what an instant is. */
function notesOf(name: CommandName, help: HelpWords, takesInstants: boolean): string {
  const { examples, notes } = help.commands[name];
  return [
    '',
    help.titles.examples,
    ...exampleLines(examples),
    ...(takesInstants ? ['', help.instants] : []),
    ...(notes === undefined ? [] : ['', notes]),
  ].join('\n');
}

const WIDEST_EXAMPLE = 50;

/** Each with what it does behind it, or below it where one of them is long. */
export function exampleLines(examples: HelpWords['examples']): readonly string[] {
  const width = Math.max(0, ...examples.map(([line]) => line.length));
  return examples.map(([line, does]) =>
    width > WIDEST_EXAMPLE ? `  ${line}\n      ${does}` : `  ${line.padEnd(width)}  ${does}`,
  );
}
