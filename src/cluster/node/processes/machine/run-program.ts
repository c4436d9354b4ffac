import type { Millis } from '../../../../kernel/time/millis.ts';
import { expandTemplate, type TemplateValues } from '../../images/expand-template.ts';
import { piDigits } from '../../images/pi-digits.ts';
import {
  callOf,
  nextMoment,
  openPorts,
  optionValue,
  type ProgramContext,
  reactionTo,
} from '../../images/program-behaviour.ts';
import type {
  PortTaken,
  ProgramCall,
  ProgramDefinition,
  SignalReaction,
} from '../../images/program-definition.ts';
import type { ProgramTask, Task } from '../process-state.ts';
import { type SignalName, signalOf } from '../signals.ts';
import { endTask, killedBy } from './children.ts';
import { definitionOf } from './definition-of.ts';
import { writeTo } from './descriptors.ts';
import type { Machine } from './machine.ts';
import { raise, type Sender } from './raise.ts';
import { spawn } from './spawn.ts';

/** What is looked at of a machine without touching anything. */
export type MachineSeen = Pick<Machine, 'state' | 'host' | 'now'>;

export function contextOf(machine: MachineSeen, task: ProgramTask): ProgramContext {
  const { host } = machine;
  return {
    argv: task.argv,
    env: envOf(machine, task),
    hostname: host.hostname,
    declaredPorts: host.declaredPorts ?? [],
  };
}

export function templateValues(machine: Machine, task: ProgramTask): TemplateValues {
  const { host, now } = machine;
  const { argv, env, hostname } = contextOf(machine, task);
  return { epochMs: host.epochMs + now, hostname, env, argv, ...(host.ip !== undefined && { ip: host.ip }) };
}

/** All of a task's environment: the container's, and what differs from it. */
export function envOf(
  machine: Pick<Machine, 'state'>,
  task: { readonly env: Readonly<Record<string, string | null>> },
): Readonly<Record<string, string>> {
  let isOwn = false;
  for (const _ in task.env) isOwn = true;
  if (!isOwn) return machine.state.env;
  const env: Record<string, string> = { ...machine.state.env };
  for (const name in task.env) {
    const value = task.env[name];
    if (value === null || value === undefined) delete env[name];
    else env[name] = value;
  }
  return env;
}

/** Ports that this state's programs and tools have open, each with its task. */
export function listeningPorts(machine: MachineSeen): { readonly port: number; readonly task: Task }[] {
  const found: { port: number; task: Task }[] = [];
  for (const pid in machine.state.tasks) {
    const task = machine.state.tasks[pid];
    if (!task) continue;
    if (task.kind !== 'program') {
      if (task.wait?.port !== undefined) found.push({ port: task.wait.port, task });
    } else if (isServing(task) && !callOf(definitionOf(machine.host.image, task), task.argv)) {
      const open = openPorts(
        definitionOf(machine.host.image, task),
        contextOf(machine, task),
        machine.now - task.startedAt,
      );
      for (const port of open) found.push({ port, task });
    }
  }
  return found;
}

/** It neither waits for a port that another has, nor has given up its own. */
const isServing = ({ binding, ending }: ProgramTask): boolean => !binding && !ending?.meanwhile;

/** A program of the image's own, from one moment at which it does something to the next. */
export function runProgram(machine: Machine, task: ProgramTask): void {
  const program = definitionOf(machine.host.image, task);
  const call = callOf(program, task.argv);
  const sinceMs = machine.now - task.startedAt;
  if (task.ending && machine.now >= task.ending.at) {
    endTask(machine.state, task.pid, { code: task.ending.code });
    return;
  }
  if (call) {
    runCall(machine, task, call);
    return;
  }
  if (failsToStart(machine, task, program)) return;
  log(machine, task, program, sinceMs);
  if (sinceMs === program.startupMs)
    for (const made of program.makesSecrets ?? []) makeSecret(machine, task, made);
  if (program.wraps) {
    becomeWrapped(machine, task, program.wraps.command);
    return;
  }
  const { exits } = program;
  if (exits && sinceMs >= exits.afterMs) {
    say(machine, task, 'stderr', exits.stderr ?? '');
    endTask(machine.state, task.pid, { code: exits.code });
    return;
  }
  const next = nextMoment(program, sinceMs);
  const moments = [
    ...(next === undefined ? [] : [task.startedAt + next]),
    ...(task.ending ? [task.ending.at] : []),
  ];
  task.wait = {
    ...(moments.length > 0 && { until: Math.min(...moments) }),
    ...(program.cpus !== undefined && { cpus: program.cpus }),
  };
}

function becomeWrapped(machine: Machine, task: ProgramTask, command: readonly string[]): void {
  const args = task.argv.slice(1);
  const argv = args[0] === undefined || args[0].startsWith('-') ? [...command, ...args] : args;
  const { parent, cwd, fds, env } = task;
  const made = spawn(machine, { argv, parent, cwd, fds, env, replaces: task });
  if (!('code' in made)) return;
  say(machine, task, 'stderr', `${task.argv[0] ?? ''}: exec: ${argv[0] ?? ''}: not found\n`);
  endTask(machine.state, task.pid, { code: made.code });
}

function runCall(machine: Machine, task: ProgramTask, call: ProgramCall): void {
  const until = task.startedAt + timeOf(machine, call);
  if (machine.now < until) {
    task.wait = { until, ...(call.cpuMs !== undefined && { cpus: 1 }) };
    return;
  }
  const listening = call.whenListening === undefined || isListening(machine, call.whenListening);
  const result = listening ? call : (call.otherwise ?? { code: 1 });
  say(machine, task, 'stdout', result.stdout ?? '');
  if (listening && call.prints === 'pi')
    sayText(machine, task, 'stdout', `${piDigits(lastNumber(task.argv))}\n`);
  say(machine, task, 'stderr', result.stderr ?? '');
  if (call.signals) signalProgram(machine, call.signals.program, call.signals.signal);
  if (call.makesSecret) makeSecret(machine, task, call.makesSecret);
  endTask(machine.state, task.pid, { code: result.code });
}

function makeSecret(
  machine: Machine,
  { argv }: ProgramTask,
  { name, keys }: NonNullable<ProgramCall['makesSecret']>,
): void {
  const called = typeof name === 'string' ? name : optionValue(argv, name.option);
  if (called === undefined) return;
  const data = Object.fromEntries(keys.map((key) => [key, randomWord(machine)]));
  machine.effects.push({ type: 'SecretMade', name: called, data });
}

function randomWord({ state, host }: Machine): string {
  const number = Math.floor(host.draw(state.draws) * 2 ** 48);
  state.draws += 1;
  return number.toString(36).padStart(10, '0');
}

/** Work takes longer where the container may not have a whole processor. */
function timeOf({ host }: Machine, { afterMs = 0, cpuMs = 0 }: ProgramCall): Millis {
  return afterMs + Math.ceil(cpuMs / Math.min(1, host.limits?.cpus ?? 1));
}

/** `print bpi(2000)` */
const lastNumber = (argv: readonly string[]): number => Number(argv.join(' ').match(/\d+/g)?.at(-1) ?? 1);

const isListening = (machine: Machine, port: number): boolean =>
  (machine.host.portsTaken?.includes(port) ?? false) ||
  listeningPorts(machine).some((open) => open.port === port);

function signalProgram(machine: Machine, program: string, text: string): void {
  const signal = signalOf(text);
  if (!signal) return;
  for (const pid in machine.state.tasks) {
    const task = machine.state.tasks[pid];
    if (
      task?.kind === 'program' &&
      task.program === program &&
      !callOf(definitionOf(machine.host.image, task), task.argv)
    ) {
      signalProgramTask(machine, task, signal, 'inside');
      return;
    }
  }
  // The program runs in the container, but outside of this state: a preStop hook's `nginx -s quit`.
  const other = machine.host.others?.().find((one) => (one.command.split(/[ :]/)[0] ?? '').endsWith(program));
  if (other) machine.effects.push({ type: 'SignalSent', pid: other.pid, signal });
}

function failsToStart(machine: Machine, task: ProgramTask, program: ProgramDefinition): boolean {
  const env = envOf(machine, task);
  if (program.requires && !program.requires.anyOf.some((name) => env[name] !== undefined)) {
    say(machine, task, 'stderr', program.requires.stderr);
    endTask(machine.state, task.pid, { code: program.requires.code });
    return true;
  }
  return failsToBind(machine, task, program);
}

/** As programs in Go say it, which most are that listen in a pod. */
const PORT_TAKEN: PortTaken = { stderr: 'listen tcp :{port}: bind: address already in use\n' };

/** Its port belongs to another: it tries again, or ends. */
function failsToBind(machine: Machine, task: ProgramTask, program: ProgramDefinition): boolean {
  const { binding } = task;
  if (binding && machine.now < binding.at) {
    task.wait = { until: binding.at };
    return true;
  }
  const { stderr, tries: most = 1, everyMs = 0, lastly = '' } = program.portTaken ?? PORT_TAKEN;
  const wanted = openPorts(program, contextOf(machine, task), machine.now - task.startedAt);
  const tries = binding?.tries ?? 0;
  const taken = wanted.find((port) => isTakenByOther(machine, task, port));
  if (taken === undefined && tries < most) {
    // It goes on from where it stood when it first wanted the port.
    if (binding) task.startedAt = machine.now - (program.startupMs ?? 0);
    delete task.binding;
    return false;
  }
  if (tries < most) say(machine, task, 'stderr', bindText(machine, stderr, taken ?? 0));
  if (tries < most && everyMs > 0) {
    task.binding = { tries: tries + 1, at: machine.now + everyMs };
    task.wait = { until: task.binding.at };
    return true;
  }
  say(machine, task, 'stderr', bindText(machine, lastly, taken ?? 0));
  endTask(machine.state, task.pid, { code: 1 });
  return true;
}

/** An error has the words of the C library: musl, in images on Alpine, has fewer than glibc. */
function bindText({ host }: Machine, text: string, port: number): string {
  const numbered = text.replaceAll('{port}', String(port));
  return host.image.userland === 'busybox'
    ? numbered.replaceAll('Address already in', 'Address in')
    : numbered;
}

/** The containers of a pod share its ports: the second one to want a port cannot have it. */
export function isTakenByOther(machine: Machine, task: Task, port: number): boolean {
  if (machine.host.portsTaken?.includes(port)) return true;
  return listeningPorts(machine).some((open) => open.port === port && open.task.pid < task.pid);
}

function log(machine: Machine, task: ProgramTask, program: ProgramDefinition, sinceMs: number): void {
  const lines = program.logs ?? [];
  let logged = task.logged ?? 0;
  for (let line = lines[logged]; line && line.afterMs <= sinceMs; line = lines[logged]) {
    logged += 1;
    say(machine, task, line.stream ?? 'stdout', line.text);
  }
  if (logged > 0) task.logged = logged;
}

export type Stream = 'stdout' | 'stderr';

function say(machine: Machine, task: ProgramTask, stream: Stream, template: string): void {
  sayText(machine, task, stream, expandTemplate(template, templateValues(machine, task)));
}

export function sayText(machine: Machine, task: ProgramTask, stream: Stream, text: string): void {
  const descriptor = task.fds[stream === 'stdout' ? '1' : '2'];
  if (text === '' || descriptor === undefined) return;
  if (writeTo(machine, descriptor, text) === 'broken') endTask(machine.state, task.pid, killedBy('PIPE'));
}

/** A program does with a signal what its definition says; the rest is the kernel's. */
export function signalProgramTask(
  machine: Machine,
  task: ProgramTask,
  signal: SignalName,
  sender: Sender,
): void {
  const reaction = reactionTo(definitionOf(machine.host.image, task), signal);
  if (signal === 'KILL' || signal === 'STOP' || reaction === undefined)
    raise(machine.state, task, signal, sender);
  else if (reaction !== 'ignore' && !task.ending) react(machine, task, reaction);
}

function react(machine: Machine, task: ProgramTask, reaction: Exclude<SignalReaction, 'ignore'>): void {
  say(machine, task, reaction.stream ?? 'stderr', reaction.text ?? '');
  if (!('code' in reaction)) return;
  const { afterMs = 0, code, meanwhile } = reaction;
  task.ending = { at: machine.now + afterMs, code, ...(meanwhile && { meanwhile }) };
  delete task.wait;
}
