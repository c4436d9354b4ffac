/** One request of HTTP as plain data: what the host has read of it. */
export interface HttpCall {
  /** In capitals. */
  readonly method: string;
  /** As in the request line, without the query. */
  readonly path: string;
  /** What stands behind the question mark, as it came. */
  readonly query: string;
  /** By their names in small letters; several of one name stand one behind another. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
  /** PEM: whom the client is said to be by a certificate of which it has shown to have the key. */
  readonly certificate?: string;
  /** The same as it came, where it is no text. */
  readonly bytes?: Uint8Array;
}

/** The value of a header that is to be there once; empty where it is missing. */
export function headerOf({ headers }: Pick<HttpCall, 'headers'>, name: string): string {
  return Object.hasOwn(headers, name) ? (headers[name]?.[0] ?? '') : '';
}
