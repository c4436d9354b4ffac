import type { Environment } from '@marcbachmann/cel-js';

/** What an expression asks: whether somebody may do something with a resource, or with a path. */
export interface AccessAsked {
  /** Absent: whoever sent the request. */
  readonly account?: { readonly namespace: string; readonly name: string };
  readonly verb: string;
  readonly path?: string;
  readonly group?: string;
  readonly resource?: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
}

export interface AccessAnswer {
  readonly isAllowed: boolean;
  readonly reason: string;
}

export type AskAccess = (asked: AccessAsked) => AccessAnswer;
type Known = Omit<AccessAsked, 'verb'>;

/** A question that is not finished yet, and who answers it. */
class Question {
  readonly known: Known;
  readonly ask: AskAccess;
  constructor(known: Known, ask: AskAccess) {
    this.known = known;
    this.ask = ask;
  }
}

class Authorizer extends Question {
  /** What the request itself is about. */
  readonly requestResource: ResourceCheck;
  constructor(known: Known, ask: AskAccess, request: Known) {
    super(known, ask);
    this.requestResource = new ResourceCheck({ ...request, ...known }, ask);
  }
}

class PathCheck extends Question {}
class GroupCheck extends Question {}
class ResourceCheck extends Question {}

class Decision {
  readonly answer: AccessAnswer;
  constructor(answer: AccessAnswer) {
    this.answer = answer;
  }
}

const NAME = 'kubernetes.authorization';
const TYPES = {
  authorizer: `${NAME}.Authorizer`,
  path: `${NAME}.PathCheck`,
  group: `${NAME}.GroupCheck`,
  resource: `${NAME}.ResourceCheck`,
  decision: `${NAME}.Decision`,
} as const;

/** The variable `authorizer` of an expression. */
export function authorizerFor(ask: AskAccess, request: Known): unknown {
  return new Authorizer({}, ask, request);
}

/** Who may do what, as expressions of policies ask it (apiserver: pkg/cel/library/authz.go). */
export function addAuthorizer(environment: Environment): void {
  const { authorizer, path, group, resource, decision } = TYPES;
  const env = environment
    .registerType(path, { ctor: PathCheck, fields: {} })
    .registerType(group, { ctor: GroupCheck, fields: {} })
    .registerType(resource, { ctor: ResourceCheck, fields: {} })
    .registerType(decision, { ctor: Decision, fields: {} })
    .registerType(authorizer, { ctor: Authorizer, fields: { requestResource: resource } });
  const check = ({ known, ask }: Question, verb: string) => new Decision(ask({ ...known, verb }));
  env.registerFunction(
    `${authorizer}.path(string): ${path}`,
    ({ known, ask }: Authorizer, text: string) => new PathCheck({ ...known, path: text }, ask),
  );
  env.registerFunction(
    `${authorizer}.group(string): ${group}`,
    ({ known, ask }: Authorizer, text: string) => new GroupCheck({ ...known, group: text }, ask),
  );
  env.registerFunction(
    `${authorizer}.serviceAccount(string, string): ${authorizer}`,
    ({ ask, requestResource }: Authorizer, namespace: string, name: string) =>
      new Authorizer({ account: { namespace, name } }, ask, requestResource.known),
  );
  env.registerFunction(
    `${group}.resource(string): ${resource}`,
    ({ known, ask }: GroupCheck, text: string) => new ResourceCheck({ ...known, resource: text }, ask),
  );
  for (const part of ['subresource', 'namespace', 'name'] as const)
    env.registerFunction(
      `${resource}.${part}(string): ${resource}`,
      ({ known, ask }: ResourceCheck, text: string) => new ResourceCheck({ ...known, [part]: text }, ask),
    );
  env.registerFunction(`${resource}.check(string): ${decision}`, check);
  env.registerFunction(`${path}.check(string): ${decision}`, check);
  env.registerFunction(`${decision}.allowed(): bool`, ({ answer }: Decision) => answer.isAllowed);
  env.registerFunction(`${decision}.reason(): string`, ({ answer }: Decision) => answer.reason);
  // Nothing goes wrong when roles are asked here.
  env.registerFunction(`${decision}.errored(): bool`, () => false);
  env.registerFunction(`${decision}.error(): string`, () => '');
}
