import { splitApiVersion } from '../schema/resources.ts';
import type { ShapeProblem } from './check-shape.ts';

/** More than this many fields are not listed (sigs.k8s.io/json: saveStrictError). */
const UNKNOWN_FIELDS_MAX = 100;

/**
 * The message of the API server's 400 for an object that it cannot decode. A value of the wrong type hides
 * the unknown fields, and a type's own decoder (quantities, times) hides both, because each ends the work of
 * the next.
 */
export function describeDecodingError(
  problems: readonly ShapeProblem[],
  { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
): string {
  const { version } = splitApiVersion(apiVersion);
  return `${kind} in version "${version}" cannot be handled as a ${kind}: ${decodingErrorWords(problems)}`;
}

function decodingErrorWords(problems: readonly ShapeProblem[]): string {
  const first =
    problems.find(({ code }) => code === 'malformedValue') ??
    problems.find(({ code }) => code === 'wrongType');
  if (first !== undefined) return first.message;
  const unknown = problems.filter(({ code }) => code === 'unknownField').slice(0, UNKNOWN_FIELDS_MAX);
  return `strict decoding error: ${unknown.map(({ message }) => message).join(', ')}`;
}
