import type { ImageDefinition } from '../image-definition.ts';

/** A well-known image: what it is called, whatever registry it comes from, and what is in it. */
export interface CatalogueEntry {
  /**
   * Last parts of repositories: `nginx` stands for `library/nginx` and `bitnami/nginx`, `a/b` only for that.
   */
  readonly repositories: readonly string[];
  /** Matches the tags that there are; absent: any tag may be. */
  readonly tags?: RegExp;
  /** The entry is of these tags only; another one of the same repository is of the others. */
  readonly onlyTags?: RegExp;
  readonly image: ImageDefinition;
}

const MEBI = 1024 * 1024;

export function mebibytes(count: number): number {
  return Math.round(count * MEBI);
}
