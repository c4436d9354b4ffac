import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { BadInput, EXIT } from './exit.ts';
import { PRODUCT_VERSION } from './version.ts';

/** Runs the program with its arguments; the number is the exit code. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  let code: number = EXIT.ok;
  const done = (result: number): void => {
    code = result;
  };
  process.stdout.on('error', quitOnClosedPipe);
  try {
    await programOf(done).parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.badInput;
    if (!(error instanceof BadInput)) throw error;
    process.stderr.write(`${error.message}\n`);
    return EXIT.badInput;
  }
}

// What a command does is loaded when it is asked for: `--help` shall not wait for the player's packages.
function programOf(done: (code: number) => void): Command {
  const program = new Command('kubereel')
    .description(
      'Play Kubernetes scenarios: a whole cluster in one process, in virtual time, that you can rewind.',
    )
    .version(PRODUCT_VERSION)
    .exitOverride()
    .showHelpAfterError('(kubereel --help shows all commands)')
    .addHelpText('after', EXAMPLES);
  program
    .command('play')
    .description('play a scenario or a log: in a terminal step by step, else as a transcript')
    .argument('<scenario|log>', 'a bundled name, a folder, a scenario.yaml, or a log file')
    .option('--seed <number>', 'another run of the same scenario', seedOf)
    .option('--lang <language>', 'language of the narration', languageOf(process.env))
    .action(async (what: string, options) =>
      done(await (await import('./play.ts')).playCommand(what, options)),
    );
  program
    .command('run')
    .description('run a scenario without showing it: exit 1 when an expectation fails, 2 for bad input')
    .argument('<scenario>', 'a bundled name, a folder, or a scenario.yaml')
    .option('-o, --output <log>', 'write the log to a file')
    .option('--seed <number>', 'another run of the same scenario', seedOf)
    .action(async (what: string, options) =>
      done(await (await import('./run.ts')).runCommand(what, options)),
    );
  program
    .command('export')
    .description("a log in another form: 'watch' gives the changes of the API's objects, a JSON line each")
    .argument('<log>', 'a log file')
    .requiredOption('--format <format>', 'watch')
    .action(async (log: string, options) =>
      done(await (await import('./export.ts')).exportCommand(log, options)),
    );
  program
    .command('list')
    .description('list the bundled scenarios')
    .option('--lang <language>', 'language of the titles', languageOf(process.env))
    .action(async (options) => done(await (await import('./list.ts')).listCommand(options)));
  return program;
}

const EXAMPLES = `
Examples:
  kubereel play liveness-failure            step through it: space plays, . and , go by entries, ? shows all keys
  kubereel play liveness-failure | less     read it as a transcript
  kubereel run my-scenario -o run.ndjson    run it and keep its log
  kubereel export run.ndjson --format watch
`;

function seedOf(text: string): string {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It is a whole number.');
  return text;
}

/** `ko_KR.UTF-8` is ko; anything unknown is told in English by the scenario's own texts. */
function languageOf({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): string {
  return (LC_ALL || LC_MESSAGES || LANG || 'en').slice(0, 2).toLowerCase();
}

function quitOnClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(EXIT.ok);
  throw error;
}
