import type { Millis } from '../../../kernel/time/millis.ts';

/**
 * What a program does that is not a script: when it listens, how it answers, what it logs, how it ends. Data
 * of the catalogue and of scenarios alike, interpreted by `program-behaviour.ts`. Times count from its start.
 */
export interface ProgramDefinition {
  /** Until its ports are open. */
  readonly startupMs?: Millis;
  readonly listens?: readonly Listener[];
  readonly logs?: readonly LogLine[];
  /**
   * It prepares and then becomes the command of its arguments, as entrypoint scripts do; `command` is what
   * stands before arguments that begin with a dash, and alone where there are none.
   */
  readonly wraps?: { readonly command: readonly string[] };
  /** It ends by itself. */
  readonly exits?: { readonly afterMs: Millis; readonly code: number; readonly stderr?: string };
  /**
   * By signal without `SIG`. A signal that is not named does what the kernel does: nothing to PID 1, the end
   * to any other process.
   */
  readonly onSignal?: Readonly<Record<string, SignalReaction>>;
  /** What it takes over time: steps between points are straight lines, the last one stays. */
  readonly memory?: readonly MemoryPoint[];
  /** What it does when another program of the pod has its port already. */
  readonly portTaken?: PortTaken;
  /** Processors that it keeps busy. */
  readonly cpus?: number;
  /** Milliseconds of one processor that an answer takes, if the answer does not say. */
  readonly cpuPerRequestMs?: number;
  /** It ends at once unless one of these variables is set. */
  readonly requires?: { readonly anyOf: readonly string[]; readonly code: number; readonly stderr: string };
  /**
   * What it prints when started to do one thing and end: `nginx -v`, `redis-cli ping`. First match counts.
   */
  readonly calls?: readonly ProgramCall[];
  /** Secrets that it makes when it has started up, unless they are there; what is in them is random. */
  readonly makesSecrets?: readonly { readonly name: string; readonly keys: readonly string[] }[];
}

/**
 * It says so at every try, and ends with 1 some time after the last. In braces may stand the `{port}`, too.
 */
export interface PortTaken {
  readonly stderr: string;
  /** One, if it is not said. */
  readonly tries?: number;
  /** Between two tries, and after the last; not said: it tries once. */
  readonly everyMs?: Millis;
  /** What it says besides when it gives up. */
  readonly lastly?: string;
}

export interface Listener {
  readonly port: PortSource;
  /** `any`: whatever it is spoken to in; so do programs of which nothing is known. */
  readonly protocol: 'http' | 'tcp' | 'grpc' | 'any';
  /** From when it is open, if later than the program's start-up. */
  readonly fromMs?: Millis;
  /** From when it is closed again. */
  readonly untilMs?: Millis;
  /** The first that fits answers; none: 200 and an empty body. */
  readonly answers?: readonly Answer[];
  /** One line for each request; see `expandTemplate` for what may stand in braces. */
  readonly accessLog?: string;
  readonly accessLogStream?: 'stdout' | 'stderr';
  /** What it sends to whoever connects by plain TCP. */
  readonly greeting?: string;
}

/** A number, or where to find it: an option of the command line, a variable, else the default. */
export type PortSource =
  | number
  | {
      readonly option?: readonly string[];
      readonly env?: string;
      /** The first argument that is a number. */
      readonly argument?: true;
      readonly default: number;
    }
  /** All that the pod declares. */
  | 'declared';

/** Conditions first, all of which must hold; then the answer. */
export interface Answer {
  /** `/healthz`; a trailing `*` stands for anything. */
  readonly path?: string;
  readonly method?: string;
  readonly untilMs?: Millis;
  readonly fromMs?: Millis;
  /** Only for so many requests since the start. */
  readonly untilRequests?: number;
  readonly fromRequests?: number;
  readonly status?: number;
  /** Text with `{hostname}` and the like. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly delayMs?: Millis;
  /** Milliseconds of one processor that it takes. */
  readonly cpuMs?: number;
  /** It never answers. */
  readonly hangs?: true;
  /** It is a reverse proxy: what it answers, or whom it asks, follows from objects of the API. */
  readonly forwards?: true;
  /** Serves the files of a directory: the file, or 404 with `notFound`. */
  readonly directory?: { readonly root: string; readonly index: string; readonly notFound?: string };
  /** A query parameter whose value is the body: `/echo?msg=hi`. */
  readonly bodyFromQuery?: string;
  /** The body is what this option of the command line says. */
  readonly bodyFromOption?: { readonly option: readonly string[]; readonly default: string };
  /** The program ends after this answer. */
  readonly exitCode?: number | { readonly query: string; readonly default: number };
  /** Of gRPC's health service. */
  readonly grpc?: 'SERVING' | 'NOT_SERVING' | 'UNIMPLEMENTED';
}

export interface LogLine {
  readonly afterMs: Millis;
  readonly stream?: 'stdout' | 'stderr';
  readonly text: string;
}

export type SignalReaction =
  | 'ignore'
  | {
      readonly code: number;
      readonly afterMs?: Millis;
      /**
       * What it does until then with its connections. Left out, it serves as before. `drains`: it closes its
       * ports, and finishes the requests that it has begun. `drops`: it closes its ports, and they are reset.
       */
      readonly meanwhile?: 'drains' | 'drops';
      readonly text?: string;
      readonly stream?: 'stdout' | 'stderr';
    }
  /** It goes on, having said so. */
  | { readonly text: string; readonly stream?: 'stdout' | 'stderr' };

export interface MemoryPoint {
  readonly atMs: Millis;
  readonly bytes: number | { readonly option: readonly string[]; readonly default: number };
}

export interface ProgramCall {
  /** These arguments, in this order, at the beginning; `*` stands for any one. */
  readonly args: readonly string[];
  readonly stdout?: string;
  readonly stderr?: string;
  /** It prints so many digits of pi as the last number in its arguments says. */
  readonly prints?: 'pi';
  readonly code: number;
  /** Something of the container must listen on this port; otherwise `otherwise` holds. */
  readonly whenListening?: number;
  readonly otherwise?: { readonly stdout?: string; readonly stderr?: string; readonly code: number };
  /** A Secret that it makes, unless it is there: called so, or as an option says; what is in it is random. */
  readonly makesSecret?: {
    readonly name: string | { readonly option: readonly string[] };
    readonly keys: readonly string[];
  };
  /** A signal to another program of the container: `nginx -s quit`. */
  readonly signals?: { readonly program: string; readonly signal: string };
  readonly afterMs?: Millis;
  /** It works for so long if it has a processor for itself, and longer on a part of one. */
  readonly cpuMs?: Millis;
}
