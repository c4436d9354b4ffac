import type { Files } from '../../../cluster/clients/files.ts';
import { nearMiss } from '../../../cluster/objects/shape/near-miss.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { filledIn, type Replaced, type Scope, unknownPlaceholder } from './fill.ts';
import { elementsOf, memberOf, type Written } from './origin.ts';

/** Files in which placeholders are filled in, because the scenario says so; all others are as they are. */
export interface Templates {
  /** By path: their texts with the placeholders filled in. */
  readonly files: Files;
  readonly diagnostics: readonly Diagnostic[];
  /** What was found in a filled text, at its place in the text as it is written. */
  readonly asWritten: (diagnostic: Diagnostic) => Diagnostic;
}

export function fillTemplates(document: Written, files: Files, scope: Scope): Templates {
  const filledFiles: Record<string, string> = {};
  const diagnostics: Diagnostic[] = [];
  const replacedIn = new Map<string, readonly Replaced[]>();
  for (const { value: path, origin } of elementsOf(memberOf(document, 'templates'))) {
    if (typeof path !== 'string') continue;
    const text = Object.hasOwn(files, path) ? files[path] : undefined;
    if (text === undefined) {
      const near = nearMiss(path, Object.keys(files));
      const hint = near === undefined ? 'name a file of the scenario by its path' : `did you mean "${near}"?`;
      scope.problem({ code: 'missing-file', at: origin, message: `there is no file ${path}`, hint });
      continue;
    }
    const replaced: Replaced[] = [];
    filledFiles[path] = filledIn(text, scope, (each) => replaced.push(each));
    replacedIn.set(path, replaced);
    for (const { name, offset, length, isKnown } of replaced) {
      if (isKnown) continue;
      const words = unknownPlaceholder(name, scope.names);
      diagnostics.push({ ...words, severity: 'error', file: path, ...placeOf(text, offset), length });
    }
    if (replaced.length > 0) continue;
    scope.problem({
      code: 'matches-nothing',
      at: origin,
      message: `there is no placeholder in ${path}`,
      hint: 'take it out of the list: a file that is not in it stays as it is',
    });
  }
  return {
    files: filledFiles,
    diagnostics,
    asWritten(diagnostic) {
      const text = files[diagnostic.file];
      const replaced = replacedIn.get(diagnostic.file);
      return text === undefined || !replaced ? diagnostic : shifted(diagnostic, text, replaced);
    },
  };
}

function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** A placeholder is in one line, and so is what it stands for: only columns differ. */
function shifted(diagnostic: Diagnostic, text: string, replaced: readonly Replaced[]): Diagnostic {
  let { column } = diagnostic;
  for (const { offset, length, by } of replaced) {
    const place = placeOf(text, offset);
    if (by === undefined || place.line !== diagnostic.line || place.column > column) continue;
    const isInside = column < place.column + by.length;
    if (isInside) return { ...diagnostic, column: place.column, length };
    column += length - by.length;
  }
  return { ...diagnostic, column };
}
