import { Command, CommanderError } from 'commander';
import { printable } from '../report/printable.ts';
import type { HelpWords } from '../words/help-words.ts';
import type { Words } from '../words/words.ts';
import { wordsIn } from '../words/words-in.ts';
import { type CommandLine, commandLine, exampleLines } from './command-line.ts';
import { BadInput, EXIT } from './exit.ts';
import { hostRefusal } from './host-refusal.ts';
import { addLogCommands } from './log-commands.ts';
import { languageIn } from './option-types.ts';
import { addScenarioCommands } from './scenario-commands.ts';
import { addTravelCommands } from './travel-commands.ts';
import { PRODUCT_VERSION } from './version.ts';
import { quitWithoutReader } from './write-out.ts';

/** Runs the program with its arguments; the number is the exit code. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  let code: number = EXIT.ok;
  const done = (result: number): void => {
    code = result;
  };
  process.stdout.on('error', quitWithoutReader);
  const language = languageIn(argv, process.env);
  const words = wordsIn(language);
  try {
    // Many programs have a command `help`; it is told as the option is.
    const asked = argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv;
    await programOf(commandLine(words, language, done)).parseAsync([...asked], { from: 'user' });
    return code;
  } catch (error) {
    return codeOf(error, words);
  }
}

/** Says what went wrong, unless commander has said it; the number is the exit code. */
function codeOf(error: unknown, words: Words): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.badInput;
  const message = error instanceof BadInput ? error.inWords(words) : hostRefusal(error, words.files);
  if (message !== undefined) {
    process.stderr.write(`${printable(message)}\n`);
    return EXIT.badInput;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${words.wrong.bug(PRODUCT_VERSION)}\n${trace}\n`);
  return EXIT.bug;
}

// What a command does is loaded when it is asked for: `--help` shall not wait for the player's packages.
function programOf(line: CommandLine): Command {
  const { help, wrong } = line.words;
  const program = new Command('kubereel')
    .description(help.program)
    .version(PRODUCT_VERSION, '-V, --version', help.options.version)
    .helpOption('-h, --help', help.options.help)
    .helpCommand(false)
    .exitOverride()
    .showHelpAfterError(help.seeAll)
    .configureHelp({ styleTitle: (title) => titleIn(help, title), subcommandTerm: termOf })
    .configureOutput({
      outputError: (text, write) => write(printable(wrong.usage(text))),
    })
    .addHelpText('after', () => notesOf(help));
  program.commandsGroup(help.titles.scenarios);
  addScenarioCommands(program, line);
  program.commandsGroup(help.titles.travel);
  addTravelCommands(program, line);
  program.commandsGroup(help.titles.logs);
  addLogCommands(program, line);
  for (const command of program.commands)
    command.showHelpAfterError(help.seeCommand(`kubereel ${command.name()}`));
  return program;
}

/** `state <log|scenario> [resource...]` */
function termOf(command: Command): string {
  const words = command.registeredArguments.map((argument) => {
    const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
    return argument.required ? `<${name}>` : `[${name}]`;
  });
  return [command.name(), ...words].join(' ');
}

/** commander's own headings, in the reader's language. */
function titleIn({ titles }: HelpWords, title: string): string {
  const known: Readonly<Record<string, string>> = {
    'Usage:': titles.usage,
    'Arguments:': titles.arguments,
    'Options:': titles.options,
    'Commands:': titles.commands,
  };
  return known[title] ?? title;
}

function notesOf({ titles, examples, notes, instants }: HelpWords): string {
  return ['', titles.examples, ...exampleLines(examples), '', instants, '', notes, ''].join('\n');
}
