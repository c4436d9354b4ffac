import { bytesOf } from '../../images/program-behaviour.ts';
import { openPath } from '../machine/descriptors.ts';
import { humanSize } from './human-size.ts';
import { isOutcome, readAllInputs } from './input.ts';
import type { Tool, ToolIo, ToolOutcome } from './tool.ts';

/** Copies; of what comes from `/dev/zero` and its like only the size is kept. */
export const dd: Tool = {
  usage: 'dd [if=FILE] [of=FILE] [bs=N] [count=N] [skip=N] [seek=N] [conv=notrunc|noerror|sync|fsync]',
  run(io) {
    const given = Object.fromEntries(io.args.map((arg) => arg.split(/=(.*)/s).slice(0, 2))) as Record<
      string,
      string
    >;
    const block = bytesOf(given['bs'] ?? '512') ?? 512;
    const count = given['count'] === undefined ? undefined : Number(given['count']);
    const input = given['if'] ?? '-';
    if (/^\/dev\/(zero|u?random|full)$/.test(input))
      return copySize(io, given['of'], count === undefined ? undefined : count * block, block);
    const texts = readAllInputs(io, [input]);
    if (isOutcome(texts)) return texts;
    const text = texts[0]?.text;
    if (text === undefined) return 1;
    const copied = count === undefined ? text : text.slice(0, count * block);
    if (given['of'] === undefined) io.out(copied);
    else if (!writeFile(io, given['of'], copied)) return 1;
    return report(io, copied.length, block);
  },
};

function copySize(
  io: ToolIo,
  output: string | undefined,
  bytes: number | undefined,
  block: number,
): ToolOutcome {
  if (bytes === undefined) return { wait: { cpus: 1 }, memory: null };
  if (output === undefined) io.out('\0'.repeat(Math.min(bytes, 1 << 16)));
  else if (!output.startsWith('/dev/')) {
    if (!writeFile(io, output, '')) return 1;
    const path = io.files.resolve(output, io.task.cwd) ?? output;
    io.files.write(path, {
      kind: 'file',
      mode: io.files.node(path)?.mode ?? 0o644,
      content: '',
      sizeBytes: bytes,
    });
  }
  return report(io, bytes, block);
}

function writeFile(io: ToolIo, path: string, content: string): boolean {
  const opened = openPath(io.machine, io.task, path, 'write');
  if (typeof opened !== 'string') {
    io.complain(`can't open '${path}': ${opened.why}`);
    return false;
  }
  const resolved = io.files.resolve(path, io.task.cwd) ?? path;
  if (opened.startsWith('f') && content !== '') io.files.append(resolved, content);
  return true;
}

function report(io: ToolIo, bytes: number, block: number): 0 {
  const whole = Math.floor(bytes / block);
  const records = `${whole}+${bytes % block > 0 ? 1 : 0}`;
  io.err(`${records} records in\n${records} records out\n`);
  // Copying takes no virtual time, so the speed is that of memory.
  const size = bytes >= 1024 ? `${bytes} bytes (${humanSize(bytes)}B)` : `${bytes} bytes`;
  io.err(`${size} copied, 0.000001 seconds, ${humanSize(bytes)}B/s\n`);
  return 0;
}
