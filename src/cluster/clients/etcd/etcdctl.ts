import type { CommandProblem } from '../command-line/command-problem.ts';
import { parseBool } from '../flags/flag-values.ts';
import type { Call, CheckContext, Outcome, Program, TypedWord } from '../program.ts';
import {
  type Answer,
  type Asking,
  BAD_FEATURE,
  fail,
  type Memory,
  type OutputFormat,
  versionsOf,
} from './asking.ts';
import { type CommandSpec, parseCommand } from './cobra.ts';
import { ctlCommands, NOT_SIMULATED, utlCommands } from './commands.ts';
import { checkHealth } from './endpoint-health.ts';
import { showHashes, showStatus } from './endpoint-status.ts';
import { certificateProblem } from './endpoints.ts';
import { environmentProblem } from './environment.ts';
import { getKeys } from './get-keys.ts';
import { globalFlags, UTL_FLAGS, variableOf } from './global-flags.ts';
import { grantLease, keepLeaseAlive, listLeases, revokeLease, showLease } from './leases.ts';
import { compactHistory, defragment, disarmAlarms, listAlarms } from './maintenance.ts';
import { addMember, listMembers, promoteMember, removeMember, updateMember } from './members.ts';
import { restoreSnapshot } from './restore-snapshot.ts';
import { saveSnapshot, showSnapshot } from './snapshots.ts';
import { type Tool, usageOf } from './usage.ts';
import { watchKeys } from './watch-keys.ts';
import { deleteKeys, putKey } from './write-keys.ts';

type Run = (ask: Asking) => Answer | Outcome;

const RUNS: Readonly<Record<string, Run>> = {
  'alarm disarm': disarmAlarms,
  'alarm list': listAlarms,
  compaction: compactHistory,
  defrag: defragment,
  del: deleteKeys,
  'endpoint hashkv': showHashes,
  'endpoint health': checkHealth,
  'endpoint status': showStatus,
  get: getKeys,
  'lease grant': grantLease,
  'lease keep-alive': keepLeaseAlive,
  'lease list': listLeases,
  'lease revoke': revokeLease,
  'lease timetolive': showLease,
  'member add': addMember,
  'member list': listMembers,
  'member promote': promoteMember,
  'member remove': removeMember,
  'member update': updateMember,
  put: putKey,
  'snapshot save': saveSnapshot,
  watch: watchKeys,
};

/** Commands that work on files and ask no server. */
const FILE_RUNS: Readonly<Record<string, Run>> = {
  'snapshot restore': restoreSnapshot,
  'snapshot status': showSnapshot,
};

/** etcd's client, in the version that kubeadm pairs with the cluster's. */
export const etcdctl: Program = {
  type: 'program',
  name: 'etcdctl',
  isOfMachine: true,
  startup: ({ kubectl }) => kubectl,
  check: checkSimulated,
  *run(call) {
    const { series, version } = versionsOf(call);
    const specs = ctlCommands(series);
    const globals = globalFlags(series);
    const short = 'A simple command line client for etcd3.';
    const tool: Tool = { name: 'etcdctl', short, series, version, specs, globals };
    return yield* runTool(call, tool);
  },
};

/** Its companion for files, since 3.5. */
export const etcdutl: Program = {
  type: 'program',
  name: 'etcdutl',
  isOfMachine: true,
  startup: ({ kubectl }) => kubectl,
  check: checkSimulated,
  *run(call) {
    const { series, version } = versionsOf(call);
    if (series === '3.4') {
      call.write('stderr', 'bash: etcdutl: command not found\n');
      return { exitCode: 127 };
    }
    const short = 'An administrative command line tool for etcd3.';
    const tool: Tool = { name: 'etcdutl', short, series, version, specs: utlCommands(), globals: UTL_FLAGS };
    return yield* runTool(call, tool);
  },
};

function* runTool(call: Call, tool: Tool): Answer {
  const { name, series, version } = tool;
  const write = { err: (text: string) => call.write('stderr', text) };
  const parsed = parseCommand(call.args, tool.specs, tool.globals);
  if ('problem' in parsed) {
    const isFlag = parsed.problem === 'flag';
    const message = isFlag ? parsed.message : `${parsed.message}"${name}"`;
    if (isFlag) call.write('stdout', usageOf(tool, parsed.words));
    write.err(`Error: ${message}\n${isFlag ? '\n' : `Run '${name} --help' for usage.\n`}`);
    // Up to 3.5 it is said once more at the end.
    if (series !== '3.6') write.err(`Error: ${message}\n`);
    return { exitCode: 1 };
  }
  const { command, words, operands, values } = parsed;
  if (command === undefined || parsed.asksForHelp) {
    call.write('stdout', usageOf(tool, words));
    return { exitCode: 0 };
  }
  if (command.words === 'version') {
    call.write('stdout', `${name} version: ${version}\nAPI version: ${series}\n`);
    return { exitCode: 0 };
  }
  const isFirst = call.memory === undefined;
  const isOfFiles = command.words in FILE_RUNS;
  const ask = askingOf(call, { tool, command, operands, values });
  if (isFirst && name === 'etcdctl' && !isOfFiles) {
    const wrong = environmentProblem(ask, values);
    if (wrong) return wrong;
  }
  if (isFirst && isOfFiles && name === 'etcdctl' && series === '3.5')
    ask.err(`Deprecated: Use \`etcdutl ${command.words}\` instead.\n\n`);
  return yield* runAsked(ask, command.words, name);
}

function* runAsked(ask: Asking, words: string, name: Tool['name']): Answer {
  if (ask.format === ('protobuf' as string))
    return fail(ask, 'protobuf as an output format is not simulated');
  if (!/^(simple|json|fields|table)$/.test(ask.format))
    return fail(ask, 'unsupported output format', BAD_FEATURE);
  const ofFiles = FILE_RUNS[words];
  if (words === 'defrag' && name === 'etcdutl') return defragmentFile(ask);
  if (ofFiles === undefined && isAsking(words)) {
    const problem = certificateProblem(ask);
    if (problem !== undefined) return fail(ask, problem, 128);
  }
  const run = ofFiles ?? RUNS[words];
  const result = run?.(ask) ?? fail(ask, `${words} is not simulated`);
  return 'next' in result ? yield* result : result;
}

/** Certificates are looked at when somebody is to be asked, after what is wrong with the arguments. */
function isAsking(words: string): boolean {
  return words in RUNS;
}

function defragmentFile(ask: Asking): Outcome {
  const directory = ask.flag('data-dir');
  if (directory === '') return fail(ask, 'required flag(s) "data-dir" not set');
  return { exitCode: 0 };
}

interface Given {
  readonly tool: Tool;
  readonly command: CommandSpec;
  readonly operands: readonly string[];
  readonly values: ReadonlyMap<string, string>;
}

function askingOf(call: Call, { tool, command, operands, values }: Given): Asking {
  const flags = [...tool.globals, ...(command.flags ?? [])];
  const flag = (name: string): string => {
    const typed = values.get(name);
    if (typed !== undefined) return typed;
    const ofEnvironment =
      tool.name === 'etcdctl' && tool.globals.some((spec) => spec.name === name)
        ? call.environment[variableOf(name)]
        : undefined;
    return ofEnvironment || (flags.find((spec) => spec.name === name)?.byDefault ?? '');
  };
  const isTrue = (text: string): boolean => parseBool(text) === true;
  return {
    call,
    series: tool.series,
    version: tool.version,
    operands,
    format: flag('write-out') as OutputFormat,
    isHex: isTrue(flag('hex')),
    flag,
    isSet: (name) =>
      flags.find((spec) => spec.name === name)?.kind === 'bool' ? isTrue(flag(name)) : values.has(name),
    memory: (call.memory ?? {}) as Memory,
    out: (text) => call.write('stdout', text),
    err: (text) => call.write('stderr', text),
  };
}

/** Commands that exist in the real world are named where a line is read. */
function checkSimulated(args: readonly TypedWord[], _context: CheckContext): CommandProblem | undefined {
  const word = args.find(({ text }) => NOT_SIMULATED.has(text));
  const isCommand =
    word !== undefined && args.every((other) => other.offset >= word.offset || /^-|[:/]/.test(other.text));
  if (!isCommand) return undefined;
  const { offset, length, text } = word;
  return {
    code: 'notSimulated',
    message: `this command of etcd's tools is not simulated: ${text}`,
    offset,
    length,
  };
}
