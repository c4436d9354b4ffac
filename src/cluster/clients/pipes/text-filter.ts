import { checkFile } from '../check-file.ts';
import type { CommandProblem } from '../command-line/command-problem.ts';
import { type Files, findFile } from '../files.ts';
import { namedIn, shownBelow } from '../machines/file-tree.ts';
import type { Filter, Filtered, TypedWord } from '../program.ts';
import { UNKNOWN_TEXT } from '../program.ts';
import { type OptionSpec, type Options, readOptions } from './read-options.ts';

export interface TextTool {
  readonly name: string;
  readonly options: OptionSpec;
  /** How many operands stand before the names of files: grep's pattern. */
  leading?(options: Options): number;
  /** How it ends when a file is not there; what else it finds it prints all the same. */
  readonly missingExit?: number;
  /** `cannot open 'x' for reading`: how it names such a file. */
  missing?(path: string): string;
  isSteady(options: Options): boolean;
  /** Of a folder it reads all that is in it: `grep -r`. */
  isDeep?(options: Options): boolean;
  /** It says nothing of what is not there. */
  isQuiet?(options: Options): boolean;
  /** Why it cannot do what is asked of it; undefined when it can. */
  refusal?(options: Options): string | undefined;
  run(inputs: readonly Input[], options: Options): Filtered;
}

/** The pipe, or a file. */
export interface Input {
  /** As it was typed; the pipe has none unless it was named. */
  readonly name?: string;
  readonly text: string;
  readonly isFile: boolean;
}

/** A tool that reads the pipe, or the files that it is given. */
export function textFilter(tool: TextTool): Filter {
  const { name, missingExit = 1, missing: told = (path) => path } = tool;
  return {
    type: 'filter',
    name,
    isSteady: (args) => tool.isSteady(readOptions(args, tool.options)),
    check: (args, { files }) => checkOptions(tool, args) ?? (files && checkPaths(tool, args, files)),
    run(args, stdin, files) {
      const options = readOptions(args, tool.options);
      if (options.unknown !== undefined) return refused(`${name}: unrecognized option: ${options.unknown}`);
      const refusal = tool.refusal?.(options);
      if (refusal !== undefined) return refused(`${name}: ${refusal}`);
      const named = options.operands.slice(tool.leading?.(options) ?? 0);
      const paths = tool.isDeep?.(options) ? named.flatMap((path) => filesBelow(files, path)) : named;
      const { inputs, missing } = readInputs(paths, stdin, files);
      const complaints = missing.map((path) => `${name}: ${told(path)}: No such file or directory\n`);
      if (complaints.length === 0) return tool.run(inputs, options);
      const { stdout } = inputs.length === 0 ? { stdout: '' } : tool.run(inputs, options);
      return { stdout, stderr: tool.isQuiet?.(options) ? '' : complaints.join(''), exitCode: missingExit };
    },
  };
}

/** A folder's files, as they are named from where it was named. */
function filesBelow(files: Files, path: string): readonly string[] {
  const inside = namedIn(files, path).filter(({ isFolder }) => !isFolder);
  return inside.length === 0 ? [path] : inside.map(({ below }) => shownBelow(path, below));
}

function refused(message: string): Filtered {
  return { stdout: '', stderr: `${message}\n`, exitCode: 2 };
}

function readInputs(
  paths: readonly string[],
  stdin: string,
  files: Files,
): { readonly inputs: readonly Input[]; readonly missing: readonly string[] } {
  if (paths.length === 0) return { inputs: [{ text: stdin, isFile: false }], missing: [] };
  const inputs: Input[] = [];
  const missing: string[] = [];
  for (const path of paths) {
    const found = path === '-' ? undefined : findFile(files, path);
    if (found === undefined) inputs.push({ name: path, text: stdin, isFile: false });
    else if (found.type === 'file') inputs.push({ name: path, text: found.text, isFile: true });
    else missing.push(path);
  }
  return { inputs, missing };
}

/** The inputs one after another, as one text. */
export function joinedText(inputs: readonly Input[]): string {
  return inputs.map(({ text }) => text).join('');
}

function checkOptions(tool: TextTool, args: readonly TypedWord[]): CommandProblem | undefined {
  const texts = args.map(({ text }) => text);
  if (texts.some((text) => text.includes(UNKNOWN_TEXT))) return undefined;
  const options = readOptions(texts, tool.options);
  const refusal =
    options.unknown === undefined
      ? tool.refusal?.(options)
      : `its option ${options.unknown} is not simulated`;
  const [first] = args;
  if (refusal === undefined || first === undefined) return undefined;
  const culprit = args.find(({ text }) => text === options.unknown) ?? first;
  const { offset, length } = culprit;
  return { code: 'notSimulated', message: `${tool.name}: ${refusal}`, offset, length };
}

function checkPaths(
  { options: spec, leading }: TextTool,
  args: readonly TypedWord[],
  files: Files,
): CommandProblem | undefined {
  const options = readOptions(
    args.map(({ text }) => text),
    spec,
  );
  for (const path of options.operands.slice(leading?.(options) ?? 0)) {
    const word = args.findLast(({ text }) => text === path);
    if (path === '-' || path.includes(UNKNOWN_TEXT) || word === undefined) continue;
    const problem = checkFile(path, files);
    if (problem !== undefined) return { ...problem, offset: word.offset, length: word.length };
  }
  return undefined;
}

/** The lines of a text, without their ends; a last line without one counts too. */
export function linesOf(text: string): readonly string[] {
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}

export function joinLines(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}
