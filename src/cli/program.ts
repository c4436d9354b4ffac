import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { parseGoDuration } from '../kernel/time/go-duration.ts';
import type { StartAt } from '../tui/session.ts';
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
  addCompare(program, done);
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
    .option('--at <place>', 'open the player at an entry (143) or a time (1m20s)', placeOf)
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

function addCompare(program: Command, done: Done): void {
  program
    .command('compare')
    .description('compare a recording of a real cluster, or a log, with a log: where they part, and why')
    .argument('<trace>', 'the folder of a recording, its trace.ndjson, or a log')
    .argument('[log]', 'a log; without it, what was typed in the recording is played and compared')
    .option('--all', 'show all places where they part, and not only the first')
    .option('--json', 'write the comparison as JSON')
    .option('--until <time>', 'compare the beginning only, such as 30s', durationOf)
    .option('--namespace <name>', 'the namespace that is compared')
    .option('--seed <number>', 'another play of the recording', seedOf)
    .option('-o, --output <log>', 'write the log of what was played to a file')
    .addHelpText('after', COMPARE_NOTES)
    .action(async (trace: string, log: string | undefined, options) =>
      done(await (await import('./compare.ts')).compareCommand(trace, log, options)),
    );
}

const COMPARE_NOTES = `
A recording is a folder with trace.ndjson, one watch event a line: {"t_ms": ..., "type": "ADDED",
"object": {...}}; and, where they are there, meta.json, commands.txt and the manifests that were used.

Exit codes:
  0  they agree, or differ only for reasons that are known, which are listed
  1  they part
  2  bad input`;

const NOTES = `
Examples:
  kubereel play liveness-failure           step through it: space plays, ? shows all keys
  kubereel play liveness-failure | less    read it as a transcript
  kubereel run my-scenario -o run.log      run it and keep its log
  kubereel play run.log                    play what was kept
  kubereel export run.log --format watch   the objects of the API, change by change
  kubereel compare recording/ run.log      where a real cluster and a log part

Exit codes:
  0  all went well
  1  an expectation of the scenario was not met, or what was compared differs
  2  bad input: the command line, the scenario, a log or a file
A damaged log is read up to the damage, which is named on standard error: play then exits with 0,
export with 2.
`;

function seedOf(text: string): string {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It is a whole number of at most 15 digits.');
  return text;
}

function durationOf(text: string): number {
  const ms = parseGoDuration(text);
  if (ms === undefined || ms < 0) throw new InvalidArgumentError('It is a time such as 90s or 1m30s.');
  return ms;
}

function placeOf(text: string): StartAt {
  return /^\d{1,15}$/.test(text) ? { seq: Number(text) } : { ms: durationOf(text) };
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
