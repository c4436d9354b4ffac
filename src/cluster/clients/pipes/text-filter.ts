import type { CommandProblem } from '../command-line/command-problem.ts';
import { type Files, findFile } from '../files.ts';
import type { Filter, Filtered, TypedWord } from '../program.ts';
import { UNKNOWN_TEXT } from '../program.ts';
import { type OptionSpec, type Options, readOptions } from './read-options.ts';

export interface TextTool {
  readonly name: string;
  readonly options: OptionSpec;
  /** How many operands stand before the names of files: grep's pattern. */
  readonly leading?: number;
  isSteady(options: Options): boolean;
  /** Why it cannot do what is asked of it; undefined when it can. */
  refusal?(options: Options): string | undefined;
  run(input: string, options: Options): Filtered;
}

/** A tool that reads the pipe, or the files that it is given, one after another as one text. */
export function textFilter(tool: TextTool): Filter {
  const { name, leading = 0 } = tool;
  return {
    type: 'filter',
    name,
    isSteady: (args) => tool.isSteady(readOptions(args, tool.options)),
    check: (args) => checkOptions(tool, args),
    run(args, stdin, files) {
      const options = readOptions(args, tool.options);
      if (options.unknown !== undefined) return failed(`${name}: unrecognized option: ${options.unknown}`);
      const refusal = tool.refusal?.(options);
      if (refusal !== undefined) return failed(`${name}: ${refusal}`);
      const input = readInput(options.operands.slice(leading), stdin, files);
      if ('missing' in input) return failed(`${name}: ${input.missing}: No such file or directory`);
      return tool.run(input.text, options);
    },
  };
}

function failed(message: string): Filtered {
  return { stdout: '', stderr: `${message}\n`, exitCode: 2 };
}

function readInput(
  paths: readonly string[],
  stdin: string,
  files: Files,
): { readonly text: string } | { readonly missing: string } {
  if (paths.length === 0) return { text: stdin };
  let text = '';
  for (const path of paths) {
    const found = path === '-' ? undefined : findFile(files, path);
    if (found === undefined) text += stdin;
    else if (found.type === 'file') text += found.text;
    else return { missing: path };
  }
  return { text };
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

/** The lines of a text, without their ends; a last line without one counts too. */
export function linesOf(text: string): readonly string[] {
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}

export function joinLines(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}
