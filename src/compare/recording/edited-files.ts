import type { TypedCommand } from '../play.ts';
import type { Recording } from './recording.ts';

/** Commands as they are typed here, where nobody edits files: each version of one is a file of its own. */
export interface EditedFiles {
  readonly files: Readonly<Record<string, string>>;
  /** One for each command; undefined where nothing is left to be typed. */
  readonly lines: readonly (string | undefined)[];
}

interface Edit {
  readonly command: number;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** What the line does besides. */
  readonly rest: string;
}

const SED = /^sed -i '?s\/([^/']+)\/([^/']*)\/g?'? (\S+\.ya?ml)\s*(?:(?:;|&&)\s*(.*))?$/;

/** A recording keeps its files as they were in the end: what `sed -i` did is undone for what came before. */
export function withEditedFiles({ commands, files }: Pick<Recording, 'commands' | 'files'>): EditedFiles {
  const edits = commands.flatMap(editOf);
  const versions: Record<string, string> = { ...files };
  for (const [index, { file, from, to }] of [...edits.entries()].reverse()) {
    const later = edits.findIndex((each, at) => at > index && each.file === file);
    const after = later < 0 ? files[file] : versions[versionPath(later, file)];
    if (after !== undefined) versions[versionPath(index, file)] = after.replaceAll(to, from);
  }
  const lines = commands.map((command, index): string | undefined => {
    const edit = edits.find((each) => each.command === index);
    const line = edit ? edit.rest : command.line;
    if (line === '') return undefined;
    return filesOf(edits).reduce((text, file) => {
      const next = edits.findIndex((each) => each.file === file && each.command > index);
      return next < 0 ? text : text.replaceAll(` ${file}`, ` ${versionPath(next, file)}`);
    }, line);
  });
  return { files: versions, lines };
}

/** What a line types besides editing files; empty where that is all that it does. */
export function withoutEdit(line: string): string {
  return editOf({ line }, 0)[0]?.rest ?? line;
}

/** Says the names of files as they were typed. */
export function withoutVersions(text: string): string {
  return text.replace(/before-edit-\d+\//g, '');
}

function versionPath(edit: number, file: string): string {
  return `before-edit-${edit + 1}/${file}`;
}

function filesOf(edits: readonly Edit[]): readonly string[] {
  return [...new Set(edits.map(({ file }) => file))];
}

function editOf({ line }: Pick<TypedCommand, 'line'>, command: number): readonly Edit[] {
  const [, from, to = '', file, rest = ''] = SED.exec(line) ?? [];
  return from === undefined || file === undefined ? [] : [{ command, file, from, to, rest }];
}
