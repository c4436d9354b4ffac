import type { Millis } from '../../../kernel/time/millis.ts';
import { formatDate } from '../../tools/format-date.ts';
import { atOnce } from '../at-once.ts';
import { normalDiff, unifiedHunks } from '../diff/unified-diff.ts';
import { findFile } from '../files.ts';
import { type FileFacts, factsOfFile } from '../machines/facts-of-file.ts';
import { sumOf } from '../openssl/digest.ts';
import type { Call, Program } from '../program.ts';

/** `sha256sum FILE`, `md5sum FILE`. */
function summer(name: 'sha256sum' | 'md5sum'): Program {
  return {
    type: 'program',
    name,
    run: atOnce((call) => {
      let exitCode = 0;
      const paths = call.args.filter((word) => !word.startsWith('-'));
      for (const { path, sum } of sumOf(name, call, paths)) {
        if (sum !== undefined) call.write('stdout', `${sum}  ${path}\n`);
        else {
          call.write('stderr', `${name}: ${path}: No such file or directory\n`);
          exitCode = 1;
        }
      }
      return { exitCode };
    }),
  };
}

/** `stat /etc/kubernetes/admin.conf`, `stat -c %a FILE`. */
const stat: Program = {
  type: 'program',
  name: 'stat',
  isOfMachine: true,
  run: atOnce((call) => {
    const at = call.args.findIndex((word) => /^(?:-c|--format)/.test(word));
    const inline = /^--format=(.*)$/.exec(call.args[at] ?? '')?.[1];
    const format = at < 0 ? undefined : (inline ?? call.args[at + 1]);
    const paths = call.args.filter(
      (word, index) => !word.startsWith('-') && (inline !== undefined || index !== at + 1 || at < 0),
    );
    let exitCode = 0;
    for (const path of paths) {
      const facts = factsOf(call, path);
      if (!facts) {
        call.write('stderr', `stat: cannot statx '${path}': No such file or directory\n`);
        exitCode = 1;
      } else
        call.write(
          'stdout',
          format === undefined ? statText(path, facts) : `${formatted(format, path, facts)}\n`,
        );
    }
    return { exitCode };
  }),
};

interface Facts extends FileFacts {
  readonly time: string;
}

function factsOf(call: Call, path: string): Facts | undefined {
  const found = findFile(call.files, path);
  if (found.type !== 'file' && found.type !== 'folder') return undefined;
  const facts = factsOfFile(call, found.path, found);
  return { ...facts, time: timeOf(call, facts.modifiedAt) };
}

function timeOf({ view }: Call, at: Millis): string {
  return formatDate(view.settings.epochMs + at, '%Y-%m-%d %H:%M:%S.%N %z');
}

function statText(path: string, { isFolder, mode, letters, bytes, time }: Facts): string {
  const kind = isFolder ? 'directory' : 'regular file';
  return (
    `  File: ${path}\n  Size: ${String(bytes).padEnd(10)}\tBlocks: ${String(Math.ceil(bytes / 4096) * 8).padEnd(10)} IO Block: 4096   ${kind}\n` +
    `Device: 8,1\tInode: ${100_000 + bytes}      Links: 1\nAccess: (${mode.toString(8).padStart(4, '0')}/${letters})  Uid: (    0/    root)   Gid: (    0/    root)\n` +
    `Access: ${time}\nModify: ${time}\nChange: ${time}\n Birth: ${time}\n`
  );
}

function formatted(format: string, path: string, { mode, letters, bytes, time, isFolder }: Facts): string {
  const values: Readonly<Record<string, string>> = {
    a: mode.toString(8),
    A: letters,
    s: String(bytes),
    n: path,
    U: 'root',
    G: 'root',
    u: '0',
    g: '0',
    y: time,
    F: isFolder ? 'directory' : 'regular file',
  };
  return format.replace(/%([aAsnUGugyF])/g, (whole, letter: string) => values[letter] ?? whole);
}

/** `diff a b`, `diff -u a b`. */
const diff: Program = {
  type: 'program',
  name: 'diff',
  run: atOnce((call) => {
    const [first = '', second = ''] = call.args.filter((word) => !word.startsWith('-'));
    const texts = [first, second].map((path) => (path === '-' ? call.stdin : textAt(call, path)));
    const missing = [first, second].filter((_, index) => texts[index] === undefined);
    for (const path of missing) call.write('stderr', `diff: ${path}: No such file or directory\n`);
    const [before, after] = texts;
    if (before === undefined || after === undefined) return { exitCode: 2 };
    if (before === after) return { exitCode: 0 };
    if (call.args.some((word) => /^-\w*q/.test(word)))
      call.write('stdout', `Files ${first} and ${second} differ\n`);
    else if (call.args.some((word) => /^-\w*u/.test(word))) {
      const clock = timeOf(call, call.now);
      const head = `--- ${first}\t${clock}\n+++ ${second}\t${clock}\n`;
      call.write('stdout', `${head}${unifiedHunks(before, after)}`);
    } else call.write('stdout', normalDiff(before, after));
    return { exitCode: 1 };
  }),
};

function textAt({ files }: Call, path: string): string | undefined {
  const found = findFile(files, path);
  return found.type === 'file' ? found.text : undefined;
}

export const FILE_FACTS: readonly Program[] = [summer('sha256sum'), summer('md5sum'), stat, diff];
