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
    const manifest = { path, text: textOf(path, files) };
    const found = diagnosticsOf(manifest, resources, severity);
    return isOfChart(manifest, files) ? asChart(found) : found;
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

const TEMPLATE = /\{\{-?\s*(?:[.$]|(?:include|template|if|range|with|define|toYaml|end)\b)/;

/** Whether it is part of a Helm chart as it is published: what kubectl takes is what Helm makes of it. */
function isOfChart({ path, text }: { readonly path: string; readonly text: string }, files: Files): boolean {
  const folders = path.split('/').map((_, index, steps) => steps.slice(0, index).join('/'));
  const isBeside = folders.some(
    (folder) => files[folder === '' ? 'Chart.yaml' : `${folder}/Chart.yaml`] !== undefined,
  );
  return isBeside || TEMPLATE.test(text);
}

const RENDER = 'helm template NAME CHART > rendered.yaml, and apply that';

/** One fault is told of a file that is none by itself. */
function asChart(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const [first] = found.filter(({ code }) => code === 'yaml-syntax' || code === 'missing-key');
  return first
    ? [{ ...first, message: 'this belongs to a Helm chart, which has to be rendered', hint: RENDER }]
    : found;
}
