import type { Files } from '../../cluster/clients/files.ts';
import { checkManifest } from '../../cluster/objects/manifest/check-manifest.ts';
import type { ManifestProblemCode } from '../../cluster/objects/manifest/manifest.ts';
import { readManifest } from '../../cluster/objects/manifest/read-manifest.ts';
import type { Resource } from '../../cluster/objects/schema/resources.ts';
import { severityFor } from './check-steps.ts';
import type { Diagnostic, DiagnosticCode } from './diagnostic.ts';
import type { StepDocument } from './schema/scenario-schema.ts';
import { textOf, usedManifests } from './used-files.ts';

const CODES: Readonly<Record<ManifestProblemCode, DiagnosticCode>> = {
  yamlSyntax: 'yaml-syntax',
  duplicateKey: 'duplicate-key',
  aliasBomb: 'alias-bomb',
  notAnObject: 'wrong-type',
  missingKind: 'missing-key',
  missingApiVersion: 'missing-key',
  undefinedKind: 'unknown-kind',
  unknownKind: 'unknown-kind',
  unknownField: 'unknown-field',
  wrongType: 'wrong-type',
  malformedValue: 'wrong-value',
};

/** What is wrong with the manifests that steps hand to kubectl, at their own places. */
export function checkManifests(
  steps: readonly StepDocument[],
  files: Files,
  resources: readonly Resource[],
): readonly Diagnostic[] {
  const users = new Map<string, StepDocument[]>();
  for (const step of steps) {
    for (const path of usedManifests(step.run ?? '', files))
      users.set(path, [...(users.get(path) ?? []), step]);
  }
  const paths = [...users.keys()].sort();
  return paths.flatMap((path) => {
    const severity = severityFor(users.get(path) ?? []);
    return diagnosticsOf({ path, text: textOf(path, files) }, resources, severity);
  });
}

function diagnosticsOf(
  { path: file, text }: { readonly path: string; readonly text: string },
  resources: readonly Resource[],
  severity: Diagnostic['severity'],
): readonly Diagnostic[] {
  const lines = text.split('\n');
  return checkManifest(readManifest(text, file), resources).map(({ code, message, hint, line, column }) => {
    const word = /^[^\s:,\]}]+/.exec((lines[line - 1] ?? '').slice(column - 1));
    const length = word?.[0].length ?? 1;
    return {
      code: CODES[code],
      // Of somebody else's kinds only the cluster can tell whether they are defined.
      severity: code === 'undefinedKind' ? 'warning' : severity,
      message,
      ...(hint !== undefined && { hint }),
      file,
      line,
      column,
      length,
    };
  });
}
