import type { JsonObject } from '../json.ts';
import type { ShapePath } from '../shape/check-shape.ts';

/** A place in a file, both numbers from 1. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** A file of manifests: one or more documents of YAML or JSON. */
export interface Manifest {
  readonly file: string;
  /** In the order of the file, lists (`kind: List`) taken apart; up to the first that cannot be read. */
  readonly objects: readonly ManifestObject[];
  /**
   * Everything that is wrong with the text itself; the shape of its objects is `checkManifest`'s business.
   */
  readonly problems: readonly ManifestProblem[];
  /** Why kubectl stops after `objects`, in its own words after `error: `. */
  readonly failure?: string;
  /** The object whose missing kind is the failure. */
  readonly unreadable?: JsonObject;
}

export interface ManifestObject {
  /** Has a kind; whatever else is missing is for the API server to say. */
  readonly object: JsonObject & { readonly kind: string };
  /** It is an item of a list. */
  readonly isInList: boolean;
  /**
   * Where a field is written: its key, or its value when the path ends in an index; else the nearest that is.
   */
  positionOf(path: ShapePath): TextPosition;
}

export interface ManifestProblem extends TextPosition {
  readonly code: ManifestProblemCode;
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
}

export type ManifestProblemCode =
  | 'yamlSyntax'
  | 'duplicateKey'
  | 'aliasBomb'
  | 'notAnObject'
  | 'missingKind'
  | 'missingApiVersion'
  | 'undefinedKind'
  | 'unknownKind'
  | 'unknownField'
  | 'wrongType'
  | 'malformedValue';
