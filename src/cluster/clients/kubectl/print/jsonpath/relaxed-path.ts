import { JsonpathError } from './jsonpath-node.ts';

/**
 * The template that `--sort-by` and custom columns mean by a path, which may lack its braces or its first
 * dot:
 * `metadata.name`, `.metadata.name`, `{metadata.name}`. Mirrors kubectl: customcolumn.go
 * RelaxedJSONPathExpression.
 */
export function relaxedPath(path: string): string {
  if (path === '') return path;
  const found = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(path);
  if (!found) {
    throw new JsonpathError(
      "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'",
    );
  }
  return `{.${found[1] ?? found[2]}}`;
}
