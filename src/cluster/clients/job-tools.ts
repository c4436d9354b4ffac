import type { Deed } from '../contract/component.ts';
import { atOnce } from './at-once.ts';
import { type Job, jobText, processId, runningJobs } from './command-line/jobs.ts';
import type { Call, Outcome, Program } from './program.ts';

/** `jobs`: what was left to itself with `&`, and runs. */
export const jobs: Program = {
  type: 'program',
  name: 'jobs',
  run: atOnce(({ view, args, write }: Call) => {
    const running = runningJobs(view);
    const onlyNumbers = args.includes('-p');
    for (const job of running) {
      const text = onlyNumbers ? `${processId(view, job.row.id)}\n` : jobText(job, 'Running', running);
      write('stdout', text);
    }
    return { exitCode: 0 };
  }),
};

/** `kill %1`, `kill -9 4711`: ends a line that was left to itself, as a person does with Ctrl-C. */
export const kill: Program = {
  type: 'program',
  name: 'kill',
  *run(call) {
    const { args, view, write } = call;
    const option = /^-(?:s$|SIG)?(\w*)$/.exec(args[0] ?? '');
    const isSplit = args[0] === '-s';
    const name = (isSplit ? args[1] : option?.[1])?.replace(/^SIG/, '') ?? 'TERM';
    const signal = SIGNALS.find((each) => each.name === name || String(each.number) === name);
    const wanted = args.slice(isSplit ? 2 : option ? 1 : 0);
    if (signal === undefined) {
      write('stderr', `bash: kill: ${name}: invalid signal specification\n`);
      return { exitCode: 1 };
    }
    if (wanted.length === 0) {
      write('stderr', KILL_USAGE);
      return { exitCode: 2 };
    }
    let exitCode = 0;
    for (const word of wanted) {
      const job = jobNamed(call, word);
      if (job === undefined) {
        const isNumber = /^\d+$/.test(word);
        write('stderr', `bash: kill: ${isNumber ? `(${word}) - No such process` : `${word}: no such job`}\n`);
        exitCode = 1;
      } else yield* endJob(job, signal, runningJobs(view));
    }
    return { exitCode };
  },
};

interface Signal {
  readonly name: string;
  readonly number: number;
  /** What the shell says of a process that it has ended. */
  readonly told: string;
}

const SIGNALS: readonly Signal[] = [
  { name: 'HUP', number: 1, told: 'Hangup' },
  { name: 'INT', number: 2, told: 'Interrupt' },
  { name: 'QUIT', number: 3, told: 'Quit' },
  { name: 'KILL', number: 9, told: 'Killed' },
  { name: 'TERM', number: 15, told: 'Terminated' },
];

const KILL_USAGE =
  'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n';

function* endJob(job: Job, { number, told }: Signal, running: readonly Job[]): Generator<Deed, void> {
  const command = job.row.id;
  yield { type: 'CommandPrinted', command, stderr: jobText(job, told, running) };
  yield { type: 'CommandEnded', command, exitCode: 128 + number };
}

/** `wait` for one, or for all; `fg` is the same for who types here. */
export const wait: Program = {
  type: 'program',
  name: 'wait',
  run: atOnce((call: Call) => waitFor(call, call.args)),
};

export const foreground: Program = {
  type: 'program',
  name: 'fg',
  run: atOnce((call: Call) => {
    const job = call.memory === undefined ? jobNamed(call, call.args[0] ?? '%+') : undefined;
    if (job !== undefined) call.write('stdout', `${job.row.line}\n`);
    return waitFor(call, [call.args[0] ?? '%+']);
  }),
};

function waitFor(call: Call, words: readonly string[]): Outcome {
  const { view, write } = call;
  const memory = call.memory as { readonly commands: readonly string[] } | undefined;
  const named = words.map((word) => ({ word, job: jobNamed(call, word) }));
  const missing = memory === undefined ? named.find(({ job }) => job === undefined) : undefined;
  if (missing !== undefined) {
    write(
      'stderr',
      `bash: ${call.args.length === 0 ? 'fg: current' : `wait: ${missing.word}`}: no such job\n`,
    );
    return { exitCode: 127 };
  }
  const jobsMeant = words.length === 0 ? runningJobs(view) : named.flatMap(({ job }) => job ?? []);
  const commands = memory?.commands ?? jobsMeant.map(({ row }) => row.id);
  const open = commands.filter((id) => view.rows.row('commands', id)?.exitCode === undefined);
  if (open.length > 0)
    return { pause: { memory: { commands }, awaits: open.map((command) => ({ type: 'job', command })) } };
  const last = words.length === 0 ? undefined : commands.at(-1);
  return { exitCode: (last === undefined ? 0 : view.rows.row('commands', last)?.exitCode) ?? 0 };
}

/** `%1`, `%%`, `%+`, `%kubectl`, or the number of its process. */
function jobNamed({ view }: Call, word: string): Job | undefined {
  const running = runningJobs(view);
  if (/^\d+$/.test(word)) return running.find(({ row }) => processId(view, row.id) === Number(word));
  if (!word.startsWith('%')) return undefined;
  const name = word.slice(1);
  if (name === '' || name === '%' || name === '+') return running.at(-1);
  if (name === '-') return running.at(-2) ?? running.at(-1);
  if (/^\d+$/.test(name)) return running.find(({ number }) => number === Number(name));
  return running.findLast(({ row }) => row.line.startsWith(name));
}
