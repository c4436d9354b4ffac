import type { Diagnostic, DiagnosticCode, Span } from './diagnostic.ts';
import type { YamlSource } from './read-yaml.ts';
import type { Aim, Path } from './span-at.ts';

export interface Words {
  readonly message: string;
  readonly hint?: string;
  readonly severity?: Diagnostic['severity'];
  /** What stands at the path: its value, unless its key is meant. */
  readonly aim?: Aim;
  /** A part of a text value, counted from its first character. */
  readonly part?: { readonly offset: number; readonly length: number };
}

/** Notes what is wrong with the part of a scenario at a path. */
export type Report = (code: DiagnosticCode, path: Path, words: Words) => void;

/** Reports about one file, collected in a list. */
export function reportTo(diagnostics: Diagnostic[], source: YamlSource): Report {
  return (code, path, { message, hint, severity = 'error', aim = 'value', part }) => {
    const span = part ? source.spanOfPart(path, part) : source.spanOf(path, aim);
    diagnostics.push(
      diagnosticAt(source.file, span, { code, severity, message, ...(hint !== undefined && { hint }) }),
    );
  };
}

function diagnosticAt(
  file: string,
  span: Span,
  words: Pick<Diagnostic, 'code' | 'severity' | 'message' | 'hint'>,
): Diagnostic {
  return { ...words, file, ...span };
}
