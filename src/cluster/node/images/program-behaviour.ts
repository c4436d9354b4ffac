import type { Millis } from '../../../kernel/time/millis.ts';
import { derived } from '../../objects/derived.ts';
import type {
  Answer,
  Listener,
  MemoryPoint,
  PortSource,
  ProgramCall,
  ProgramDefinition,
  SignalReaction,
} from './program-definition.ts';

/** What a program's behaviour depends on besides its definition. */
export interface ProgramContext {
  /** With the command itself. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly hostname: string;
  readonly declaredPorts: readonly number[];
}

/** Ports that it has open so long after its start. */
export function openPorts(program: ProgramDefinition, context: ProgramContext, sinceMs: Millis): number[] {
  if (sinceMs < (program.startupMs ?? 0)) return [];
  return (program.listens ?? [])
    .filter(
      (listener) =>
        sinceMs >= (listener.fromMs ?? 0) && sinceMs < (listener.untilMs ?? Number.POSITIVE_INFINITY),
    )
    .flatMap((listener) => portsOf(listener.port, context));
}

export function listenerOn(
  program: ProgramDefinition,
  context: ProgramContext,
  at: { port: number; sinceMs: Millis },
): Listener | undefined {
  if (at.sinceMs < (program.startupMs ?? 0)) return undefined;
  return (program.listens ?? []).find((listener) => {
    const isOpen =
      at.sinceMs >= (listener.fromMs ?? 0) && at.sinceMs < (listener.untilMs ?? Number.POSITIVE_INFINITY);
    return isOpen && portsOf(listener.port, context).includes(at.port);
  });
}

function portsOf(source: PortSource, context: ProgramContext): readonly number[] {
  if (typeof source === 'number') return [source];
  if (source === 'declared') return context.declaredPorts;
  const option = source.option && optionValue(context.argv, source.option);
  const argument = source.argument ? context.argv.slice(1).find((arg) => /^\d+$/.test(arg)) : undefined;
  const variable = source.env === undefined ? undefined : context.env[source.env];
  // What listens on the loopback alone is nobody's concern outside.
  if (/^(?:https?:\/\/)?(?:127\.|localhost:|\[::1\])/.test(option ?? '')) return [];
  for (const text of [option, argument, variable]) {
    const port = Number(/(\d+)$/.exec(text ?? '')?.[1] ?? Number.NaN);
    if (port > 0 && port < 65_536) return [port];
  }
  return [source.default];
}

/** `--port=80`, `--port 80`, `-p 80`, `-p80`. */
export function optionValue(argv: readonly string[], names: readonly string[]): string | undefined {
  for (const [index, arg] of argv.entries()) {
    for (const name of names) {
      if (arg === name) return argv[index + 1];
      if (arg.startsWith(`${name}=`)) return arg.slice(name.length + 1);
      if (/^-\w$/.test(name) && arg.startsWith(name)) return arg.slice(2);
    }
  }
  return undefined;
}

/** The answer to the request with that number (1 for the first) so long after the start. */
export function chooseAnswer(
  listener: Listener,
  request: { readonly method: string; readonly path: string },
  at: { readonly sinceMs: Millis; readonly request: number },
): Answer {
  const path = request.path.split('?')[0] ?? '';
  const fits = (answer: Answer): boolean =>
    (answer.path === undefined || pathFits(answer.path, path)) &&
    (answer.method === undefined || answer.method === request.method) &&
    at.sinceMs < (answer.untilMs ?? Number.POSITIVE_INFINITY) &&
    at.sinceMs >= (answer.fromMs ?? 0) &&
    at.request <= (answer.untilRequests ?? Number.POSITIVE_INFINITY) &&
    at.request >= (answer.fromRequests ?? 0);
  return listener.answers?.find(fits) ?? (listener.answers ? NOT_FOUND : {});
}

const NOT_FOUND: Answer = {
  status: 404,
  body: '404 page not found\n',
  headers: { 'Content-Type': 'text/plain; charset=utf-8' },
};

const pathFits = (pattern: string, path: string): boolean =>
  pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;

/** Whether its answers depend on how many requests came before, so that they must be counted. */
export const countsRequests = (program: ProgramDefinition): boolean =>
  (program.listens ?? []).some((listener) =>
    listener.answers?.some(
      (answer) => answer.untilRequests !== undefined || answer.fromRequests !== undefined,
    ),
  );

/** Whether the program is what it was, whatever it has been asked over HTTP. */
export const changesNothing = derived(
  (program: ProgramDefinition): boolean =>
    !countsRequests(program) &&
    !program.listens?.some(({ answers }) => answers?.some(({ exitCode }) => exitCode !== undefined)),
);

export function reactionTo(program: ProgramDefinition, signal: string): SignalReaction | undefined {
  return program.onSignal?.[signal];
}

/** When it says or does the next thing by itself, not before `sinceMs`; undefined: never. */
export function nextMoment(program: ProgramDefinition, sinceMs: Millis): Millis | undefined {
  const moments = [
    program.startupMs ?? 0,
    ...(program.listens ?? []).flatMap((listener) => [listener.fromMs ?? 0, listener.untilMs ?? 0]),
    ...(program.logs ?? []).map((line) => line.afterMs),
    ...(program.exits ? [program.exits.afterMs] : []),
  ].filter((moment) => moment > sinceMs);
  return moments.length > 0 ? Math.min(...moments) : undefined;
}

/**
 * When it next may answer otherwise than now, if it is left alone, not before `sinceMs`; undefined: never.
 */
export function nextAnswerChange(program: ProgramDefinition, sinceMs: Millis): Millis | undefined {
  const moments = (program.listens ?? [])
    .flatMap((listener) => [listener, ...(listener.answers ?? [])])
    .flatMap(({ fromMs = 0, untilMs = 0 }) => [fromMs, untilMs])
    .filter((moment) => moment > sinceMs);
  return moments.length > 0 ? Math.min(...moments) : undefined;
}

/** What was started to do one thing and end, if its arguments say so. */
export function callOf(program: ProgramDefinition, argv: readonly string[]): ProgramCall | undefined {
  const args = argv.slice(1);
  return program.calls?.find((call) =>
    call.args.length > 0
      ? call.args.every((arg, index) => (arg === '*' ? args[index] !== undefined : arg === args[index]))
      : args.length === 0,
  );
}

/** Bytes of memory that it takes so long after its start. */
export function memoryAt(program: ProgramDefinition, context: ProgramContext, sinceMs: Millis): number {
  const points = memoryPoints(program, context);
  const after = points.find((point) => point.atMs > sinceMs);
  const before = points.findLast((point) => point.atMs <= sinceMs);
  if (!before) return after?.bytes ?? 0;
  if (!after) return before.bytes;
  const share = (sinceMs - before.atMs) / (after.atMs - before.atMs);
  return Math.round(before.bytes + share * (after.bytes - before.bytes));
}

/** The times since its start at which the memory that it takes begins to change otherwise. */
export const memoryTimes = (program: ProgramDefinition): Millis[] =>
  (program.memory ?? []).map(({ atMs }) => atMs);

const DEFAULT_MEMORY = 8 << 20;

function memoryPoints(
  program: ProgramDefinition,
  context: ProgramContext,
): { atMs: Millis; bytes: number }[] {
  const points: readonly MemoryPoint[] = program.memory ?? [{ atMs: 0, bytes: DEFAULT_MEMORY }];
  return points.map(({ atMs, bytes }) => ({
    atMs,
    bytes: typeof bytes === 'number' ? bytes : optionBytes(bytes, context),
  }));
}

function optionBytes(
  source: { readonly option: readonly string[]; readonly default: number },
  { argv }: ProgramContext,
): number {
  return bytesOf(optionValue(argv, source.option) ?? '') ?? source.default;
}

/** `150M`, `1G`, `2048`: as `stress` reads sizes. */
export function bytesOf(text: string): number | undefined {
  const found = /^(\d+(?:\.\d+)?)([bkmgBKMG]?)i?[bB]?$/.exec(text);
  if (!found) return undefined;
  const power = ['', 'k', 'm', 'g'].indexOf((found[2] ?? '').toLowerCase().replace('b', ''));
  return Math.round(Number(found[1]) * 1024 ** power);
}
