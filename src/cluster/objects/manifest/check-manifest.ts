import { listResources, resourceForKind } from '../schema/resources.ts';
import { checkShape } from '../shape/check-shape.ts';
import type { Manifest, ManifestProblem } from './manifest.ts';

/**
 * All that can be said against a file without asking an API server, each with its place: what is wrong with
 * the text, and every field that strict decoding would refuse. In the order of the file.
 */
export function checkManifest(manifest: Manifest, resources = listResources()): readonly ManifestProblem[] {
  const problems = [...manifest.problems];
  for (const { object, positionOf } of manifest.objects) {
    const { apiVersion, kind } = object;
    if (typeof apiVersion !== 'string' || apiVersion === '') continue;
    if (resourceForKind(apiVersion, kind, resources)?.custom !== undefined) continue;
    for (const { code, message, hint, path } of checkShape(object, { apiVersion, kind })) {
      problems.push({ code, message, ...(hint === undefined ? {} : { hint }), ...positionOf(path) });
    }
  }
  return problems.sort((a, b) => a.line - b.line || a.column - b.column);
}
