import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { BadInput, EXIT } from './exit.ts';
import { hostRefusal } from './host-refusal.ts';
import { PRODUCT_VERSION } from './version.ts';
import { quitWithoutReader } from './write-out.ts';

/** Runs the program with its arguments; the number is the exit code. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  let code: number = EXIT.ok;
  const done = (result: number): void => {
    code = result;
  };
  process.stdout.on('error', quitWithoutReader);
  try {
    // Many programs have a command `help`; it is told as the option is.
    const asked = argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv;
    await programOf(done).parseAsync([...asked], { from: 'user' });
    return code;
  } catch (error) {
    return codeOf(error);
  }
}

/** Says what went wrong, unless commander has said it; the number is the exit code. */
function codeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.badInput;
  const message = error instanceof BadInput ? error.message : hostRefusal(error);
  if (message !== undefined) {
    process.stderr.write(`${message}\n`);
    return EXIT.badInput;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `kubereel ${PRODUCT_VERSION} has a bug. Please report it with what follows:\n${trace}\n`,
  );
  return EXIT.bug;
}

// What a command does is loaded when it is asked for: `--help` shall not wait for the player's packages.
function programOf(done: (code: number) => void): Command {
  const program = new Command('kubereel')
    .description('Play Kubernetes scenarios: a whole cluster in one process, in virtual time.')
    .version(PRODUCT_VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help, or the help of a command')
    .helpCommand(false)
    .exitOverride()
    .showHelpAfterError('(kubereel --help shows all commands)')
    .addHelpText('after', NOTES);
  program.commandsGroup('Scenarios:');
  addPlay(program, done);
  addRun(program, done);
  addList(program, done);
  program.commandsGroup('Logs:');
  addExport(program, done);
  return program;
}

type Done = (code: number) => void;

function addPlay(program: Command, done: Done): void {
  program
    .command('play')
    .description('play a scenario or a log: in a terminal step by step, piped as a transcript')
    .argument('<scenario|log>', 'a bundled name, a folder, a scenario.yaml, or a log')
    .option('--seed <number>', 'another run of the same scenario', seedOf)
    .option(
      '--lang <language>',
      'the language it is told in, such as ko',
      languageOf,
      hostLanguage(process.env),
    )
    .action(async (what: string, options) =>
      done(await (await import('./play.ts')).playCommand(what, options)),
    );
}

function addRun(program: Command, done: Done): void {
  program
    .command('run')
    .description('run a scenario without showing it, as a test')
    .argument('<scenario>', 'a bundled name, a folder, or a scenario.yaml')
    .option('-o, --output <log>', 'write the log to a file')
    .option('--seed <number>', 'another run of the same scenario', seedOf)
    .action(async (what: string, options) =>
      done(await (await import('./run.ts')).runCommand(what, options)),
    );
}

function addList(program: Command, done: Done): void {
  program
    .command('list')
    .description('list the bundled scenarios')
    .option('--lang <language>', 'the language of the titles', languageOf, hostLanguage(process.env))
    .action(async (options) => done(await (await import('./list.ts')).listCommand(options)));
}

function addExport(program: Command, done: Done): void {
  program
    .command('export')
    .description('write a log in another form to standard output')
    .argument('<log>', 'a log file')
    .requiredOption(
      '--format <format>',
      "watch: the changes of the API's objects as JSON lines {t_ms, type, object}",
    )
    .action(async (log: string, options) =>
      done(await (await import('./export.ts')).exportCommand(log, options)),
    );
}

const NOTES = `
Examples:
  kubereel play liveness-failure           step through it: space plays, ? shows all keys
  kubereel play liveness-failure | less    read it as a transcript
  kubereel run my-scenario -o run.log      run it and keep its log
  kubereel play run.log                    play what was kept
  kubereel export run.log --format watch   the objects of the API, change by change

Exit codes:
  0  all went well
  1  an expectation of the scenario was not met
  2  bad input: the command line, the scenario, a log or a file
A damaged log is read up to the damage, which is named on standard error: play then exits with 0,
export with 2.
`;

function seedOf(text: string): string {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It is a whole number of at most 15 digits.');
  return text;
}

function languageOf(text: string): string {
  const tag = text.toLowerCase().replace('_', '-');
  if (!/^[a-z]{2,3}(-[a-z0-9]+)*$/.test(tag)) {
    throw new InvalidArgumentError('It is a language tag such as en or ko.');
  }
  return tag;
}

/** `ko_KR.UTF-8` is ko; what no scenario speaks (`C`, `POSIX`) is told in English. */
function hostLanguage({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): string {
  return /^[a-z]{2,3}(?![a-z])/.exec(LC_ALL || LC_MESSAGES || LANG || '')?.[0] ?? 'en';
}
