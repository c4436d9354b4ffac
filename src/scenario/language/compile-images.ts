import type { ImageDefinition } from '../../cluster/node/images/image-definition.ts';
import type {
  Answer,
  Listener,
  ProgramDefinition,
  SignalReaction,
} from '../../cluster/node/images/program-definition.ts';
import { wholeValue } from '../../cluster/objects/quantity.ts';
import { parseGoDuration } from '../../kernel/time/go-duration.ts';
import { millisOf } from './compile-duration.ts';
import type {
  AnswerDocument,
  ImageDocument,
  ImagesDocument,
  ListenerDocument,
  ProgramDocument,
  ReactionDocument,
} from './schema/image-schema.ts';
import { withoutUndefined } from './without-undefined.ts';

/** A scenario's images in the catalogue's form: numbers of milliseconds and bytes instead of words. */
export function compileImages(images: ImagesDocument): Readonly<Record<string, ImageDefinition>> {
  return mapValues(images, compileImage);
}

function compileImage({ size, pull, program, programs, ...rest }: ImageDocument): ImageDefinition {
  return withoutUndefined({
    ...rest,
    sizeBytes: size === undefined ? undefined : wholeValue(size),
    pull: pull && withoutUndefined({ error: pull.error, takesMs: optionalMillis(pull.takes) }),
    program: program && compileProgram(program),
    programs: programs && mapValues(programs, compileProgram),
  });
}

function compileProgram(document: ProgramDocument): ProgramDefinition {
  const { startup, listens, logs, exits, onSignal, memory, cpus, cpuPerRequest, requires } = document;
  return withoutUndefined({
    startupMs: optionalMillis(startup),
    listens: listens?.map(compileListener),
    logs: logs?.map(({ after, stream, text }) =>
      withoutUndefined({ afterMs: millisOf(after), stream, text }),
    ),
    exits:
      exits && withoutUndefined({ afterMs: millisOf(exits.after), code: exits.code, stderr: exits.stderr }),
    onSignal: onSignal && mapValues(onSignal, compileReaction),
    memory: memory?.map(({ at, size }) => ({ atMs: millisOf(at), bytes: wholeValue(size) })),
    cpus,
    cpuPerRequestMs: cpuTime(cpuPerRequest),
    requires,
  });
}

function compileListener({ port, from, until, answers, ...rest }: ListenerDocument): Listener {
  return withoutUndefined({
    ...rest,
    port: typeof port === 'object' ? withoutUndefined(port) : port,
    fromMs: optionalMillis(from),
    untilMs: optionalMillis(until),
    answers: answers?.map(compileAnswer),
  });
}

function compileAnswer({ from, until, delay, cpu, ...rest }: AnswerDocument): Answer {
  return withoutUndefined({
    ...rest,
    fromMs: optionalMillis(from),
    untilMs: optionalMillis(until),
    delayMs: optionalMillis(delay),
    cpuMs: cpuTime(cpu),
  });
}

function compileReaction(document: ReactionDocument): SignalReaction {
  if (document === 'ignore') return 'ignore';
  const { code, after, meanwhile, text, stream } = document;
  if (code === undefined) return withoutUndefined({ text: text ?? '', stream });
  return withoutUndefined({ code, afterMs: optionalMillis(after), meanwhile, text, stream });
}

/** Milliseconds, and parts of them. */
function cpuTime(duration: string | undefined): number | undefined {
  return duration === undefined ? undefined : parseGoDuration(duration);
}

function optionalMillis(duration: string | undefined): number | undefined {
  return duration === undefined ? undefined : millisOf(duration);
}

function mapValues<Value, Result>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value) => Result,
): Readonly<Record<string, Result>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
