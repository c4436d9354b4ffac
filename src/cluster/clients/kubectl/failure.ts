import { CONNECTION_REFUSED, type RefusalStatus } from '../../contract/response.ts';
import { quoteGo } from '../../objects/go-json.ts';

/**
 * Why a call of kubectl, or a part of it, fails: the API server refused, kubectl itself did, or several
 * things did.
 */
export type Failure = SingleFailure | { readonly all: readonly Failure[] };

export type SingleFailure = { readonly status: RefusalStatus } | { readonly message: string };

/**
 * Ends the process, as kubectl's CheckErr does: what it says goes to the error output. Thrown only inside of
 * a call of kubectl, and caught where the call began.
 */
export class KubectlExit extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** `error: …`, exit code 1. */
export function fail(message: string): never {
  throw new KubectlExit(message.startsWith('error: ') ? message : `error: ${message}`);
}

/** A wrong call: `error: …` and where to read on. */
export function failUsage(path: string, message: string): never {
  throw new KubectlExit(`error: ${message}\nSee '${path} -h' for help and examples`);
}

/** Ends the process for one failure or several; with none it goes on (kubectl: helpers.go checkErr). */
export function failWith(failures: readonly Failure[]): void {
  const [only, ...others] = opened(failures);
  if (only === undefined) return;
  if (others.length > 0 || 'all' in only) {
    throw new KubectlExit([only, ...others].map(describeInList).join('\n'));
  }
  if (!('status' in only)) fail(messageOf(only));
  throw new KubectlExit(describeRefusal(only.status));
}

/**
 * The same of verbs that go on after a failure: there what files are blamed for comes in a list, even if it
 * is alone.
 */
export function failListed(failures: readonly Failure[]): void {
  const [first] = failures;
  if (failures.length !== 1 || first === undefined || !('all' in first)) failWith(failures);
  else throw new KubectlExit(first.all.map(describeInList).join('\n'));
}

function opened(failures: readonly Failure[]): readonly Failure[] {
  const [first, ...others] = failures;
  return first !== undefined && others.length === 0 && 'all' in first ? first.all : failures;
}

/** What reading of files came to, as one failure. */
export function gathered(failures: readonly Failure[]): readonly Failure[] {
  return failures.length > 0 ? [{ all: failures }] : [];
}

/** How kubectl says that the API server refused (kubectl: helpers.go checkErr). */
export function describeRefusal(status: RefusalStatus): string {
  const { code, reason, message, details } = status;
  if (reason === CONNECTION_REFUSED) {
    return `The connection to the server ${details?.name} was refused - did you specify the right host or port?`;
  }
  if (reason === 'Unauthorized') return `error: You must be logged in to the server (${message})`;
  if (code === 422 && reason === 'Invalid') {
    const named =
      details?.kind !== undefined || details?.name !== undefined
        ? `The ${details.kind ?? ''} ${quoteGo(details.name ?? '')} is invalid`
        : 'The request is invalid';
    const causes = (details?.causes ?? []).map(({ field = '', message: text }) => `${field}: ${text}`);
    const distinct = causes.filter((cause, index) => causes.indexOf(cause) === index);
    if (distinct.length === 0) {
      const isNamed = details?.kind !== undefined || details?.name !== undefined;
      return !isNamed && message !== '' ? `${named}: ${message}` : named;
    }
    return distinct.length === 1
      ? `${named}: ${distinct[0]}`
      : [`${named}: `, ...distinct.map((cause) => `* ${cause}`)].join('\n');
  }
  return reason === '' ? `Error from server: ${message}` : `Error from server (${reason}): ${message}`;
}

/** As one line of several, where kubectl spares the causes (kubectl: helpers.go messageForError). */
function describeInList(failure: Failure): string {
  if (!('status' in failure)) return messageOf(failure);
  const { reason, message } = failure.status;
  return reason === '' ? `Error from server: ${message}` : `Error from server (${reason}): ${message}`;
}

/** What failed, without who says so; several in brackets, each once (apimachinery: Aggregate.Error). */
export function messageOf(failure: Failure): string {
  if ('status' in failure) return failure.status.message;
  if ('message' in failure) return failure.message;
  const messages = failure.all.map(messageOf);
  const distinct = messages.filter((message, index) => messages.indexOf(message) === index);
  return distinct.length === 1 ? distinct.join('') : `[${distinct.join(', ')}]`;
}

/** The failure of something done to what a file holds (kubectl: helpers.go AddSourceToErr). */
export function withSource(failure: Failure, verb: string, source: string | undefined): Failure {
  if (source === undefined) return failure;
  const prefix = `error when ${verb} ${quoteGo(source)}: `;
  if (!('status' in failure)) return { message: prefix + messageOf(failure) };
  return { status: { ...failure.status, message: prefix + failure.status.message } };
}

/** Whether what was asked for is not there. */
export function isNotFound(failure: Failure): boolean {
  return 'status' in failure && failure.status.reason === 'NotFound';
}
