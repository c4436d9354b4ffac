import type { Deed } from '../../contract/component.ts';
import type { Response } from '../../contract/response.ts';
import { etcdToolIn } from '../etcd/in-image.ts';
import type { Call, Outcome } from '../program.ts';
import { findContainer, globalWords, notFound, refused } from './crictl-rows.ts';

interface ExecMemory {
  readonly id: string;
  readonly stdout: number;
  readonly stderr: number;
}

/** `crictl exec -it <id> etcdctl …`: a program beside the container's own. */
export function* execute(call: Call): Generator<Deed, Outcome, Response> {
  const memory = (call.memory as ExecMemory | undefined) ?? {
    id: `crictl/${call.command}/${call.instance}`,
    stdout: 0,
    stderr: 0,
  };
  if (isInEtcd(call.memory)) return yield* goOnInEtcd(call, call.memory);
  if (call.memory === undefined) {
    const words = call.args.slice(globalWords(call.args) + 1);
    const start = words.findIndex((word) => !word.startsWith('-'));
    const row = findContainer(call, words[start]);
    if (!row) return notFound(call, 'container', words[start]);
    const argv = words.slice(start + 1).filter((word, index) => word !== '--' || index > 0);
    if (row.name === 'etcd' && etcdToolIn(argv)) return yield* goOnInEtcd(call, { inEtcd: argv });
    const { node, pod, id: container } = row;
    const text = readsInput(words.slice(0, start)) ? call.stdin : '';
    const input = text === '' ? {} : { hasInput: true as const };
    yield { type: 'ExecRequested', exec: memory.id, node, pod, container, argv, ...input };
    if (text !== '') yield { type: 'ExecInputGiven', exec: memory.id, node, pod, text, ended: true };
  }
  const exec = call.view.rows.row('execs', memory.id);
  if (exec === undefined) return { exitCode: 1 };
  call.write('stdout', exec.stdout.slice(memory.stdout));
  call.write('stderr', exec.stderr.slice(memory.stderr));
  if (exec.exitCode === undefined) {
    const next = { id: memory.id, stdout: exec.stdout.length, stderr: exec.stderr.length };
    return {
      pause: { memory: next, awaits: [{ type: 'exec', id: memory.id, seen: next.stdout + next.stderr }] },
    };
  }
  yield { type: 'ExecForgotten', exec: memory.id, node: exec.node, pod: exec.pod };
  if (exec.failure !== undefined)
    return refused(call, `execing command in container: rpc error: code = Unknown desc = ${exec.failure}`);
  if (exec.exitCode !== 0)
    return refused(call, `execing command in container: command terminated with exit code ${exec.exitCode}`);
  return { exitCode: 0 };
}

/** `-i`, `-it`, `--interactive`. */
function readsInput(options: readonly string[]): boolean {
  return options.some((option) => /^-(?:[a-z]*i[a-z]*|-interactive)$/.test(option));
}

/** One of etcd's own tools, called where an etcd runs. */
interface InEtcd {
  readonly inEtcd: readonly string[];
  readonly memory?: unknown;
}

function isInEtcd(memory: unknown): memory is InEtcd {
  return typeof memory === 'object' && memory !== null && 'inEtcd' in memory;
}

function* goOnInEtcd(call: Call, { inEtcd, memory }: InEtcd): Generator<Deed, Outcome, Response> {
  const called = etcdToolIn(inEtcd);
  if (!called) return { exitCode: 127 };
  const { program, args, environment } = called;
  const outcome = yield* program.run({ ...call, args, memory, environment });
  if ('pause' in outcome) {
    const kept: InEtcd = { inEtcd, memory: outcome.pause.memory };
    return { pause: { ...outcome.pause, memory: kept } };
  }
  if (outcome.exitCode === 0) return outcome;
  return refused(call, `execing command in container: command terminated with exit code ${outcome.exitCode}`);
}
