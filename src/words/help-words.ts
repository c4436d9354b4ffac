/** What a command, its arguments and its options are for. */
export interface HelpWords {
  readonly program: string;
  readonly titles: {
    readonly usage: string;
    readonly arguments: string;
    readonly options: string;
    readonly commands: string;
    readonly scenarios: string;
    readonly travel: string;
    readonly logs: string;
    readonly examples: string;
  };
  readonly seeAll: string;
  /** The same after a mistake in the options of one command. */
  seeCommand(command: string): string;
  /** Of the whole program. */
  readonly examples: Examples;
  /** Behind the commands. */
  readonly notes: string;
  readonly instants: string;
  readonly commands: Readonly<Record<CommandName, CommandWords>>;
  readonly arguments: Readonly<Record<ArgumentName, string>>;
  readonly options: Readonly<Record<OptionName, string>>;
}

export type CommandName =
  | 'play'
  | 'run'
  | 'test'
  | 'record'
  | 'init'
  | 'list'
  | 'learn'
  | 'log'
  | 'state'
  | 'diff'
  | 'why'
  | 'then'
  | 'kubectl'
  | 'fork'
  | 'export'
  | 'import'
  | 'metrics'
  | 'logs'
  | 'compare'
  | 'serve';

/** Command lines, and what each does. */
type Examples = readonly (readonly [line: string, does: string])[];

export interface CommandWords {
  readonly does: string;
  readonly examples: Examples;
  /** What else there is to know. */
  readonly notes?: string;
}

export type ArgumentName =
  | 'played'
  | 'scenario'
  | 'lesson'
  | 'scenarios'
  | 'manifests'
  | 'log'
  | 'trace'
  | 'otherLog'
  | 'imported'
  | 'travelled'
  | 'served'
  | 'resources'
  | 'diffFrom'
  | 'diffTo'
  | 'subject'
  | 'entry'
  | 'kubectl';

export type OptionName =
  | 'help'
  | 'version'
  | 'seed'
  | 'setParameter'
  | 'case'
  | 'storyBranch'
  | 'lang'
  | 'openAt'
  | 'recordOutput'
  | 'forceInit'
  | 'importOutput'
  | 'recordAll'
  | 'recordFormat'
  | 'picture'
  | 'stillAt'
  | 'stillPane'
  | 'theme'
  | 'columns'
  | 'rows'
  | 'redact'
  | 'testFilter'
  | 'tag'
  | 'shard'
  | 'jobs'
  | 'bail'
  | 'seeds'
  | 'update'
  | 'ci'
  | 'watch'
  | 'listCases'
  | 'testTimeout'
  | 'reporter'
  | 'snapshots'
  | 'output'
  | 'format'
  | 'all'
  | 'allEntries'
  | 'requests'
  | 'curriculum'
  | 'json'
  | 'jsonLines'
  | 'jsonObjects'
  | 'until'
  | 'comparedNamespace'
  | 'playedOutput'
  | 'every'
  | 'metricsOutput'
  | 'logsOutput'
  | 'at'
  | 'diffAt'
  | 'and'
  | 'from'
  | 'to'
  | 'step'
  | 'kind'
  | 'name'
  | 'namespace'
  | 'actor'
  | 'reason'
  | 'type'
  | 'text'
  | 'grep'
  | 'object'
  | 'field'
  | 'limit'
  | 'reverse'
  | 'tableOutput'
  | 'everyNamespace'
  | 'selector'
  | 'diffAll'
  | 'forkAt'
  | 'run'
  | 'set'
  | 'port'
  | 'address'
  | 'kubeconfig'
  | 'user'
  | 'nodes'
  | 'clusterVersion'
  | 'clock'
  | 'room'
  | 'serveFrom'
  | 'serveAt'
  | 'serveOutput'
  | 'servePlay'
  | 'saveScenario'
  | 'for'
  | 'branchOutput'
  | 'limitEffects'
  | 'whyAt'
  | 'diffObject'
  | 'jsonReasons';
