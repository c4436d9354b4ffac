import type { HttpRequest } from '../contract/network-request.ts';

export interface Url {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** As it stands in the `Host` header: with the port unless it is the scheme's own. */
  readonly authority: string;
}

/**
 * `http://host:port/path`; without a scheme it is http. Undefined for what is no URL, and for other schemes.
 */
export function parseUrl(text: string): Url | undefined {
  const found =
    /^(?:([a-z]+):\/\/)?(?:[^/?#@]*@)?(\[[0-9a-fA-F:.]+\]|[^/?#:]+)(?::(\d*))?([/?][^#]*)?(?:#.*)?$/.exec(
      text,
    );
  const scheme = found?.[1] ?? 'http';
  if (!found || (scheme !== 'http' && scheme !== 'https')) return undefined;
  const standard = scheme === 'https' ? 443 : 80;
  const port = found[3] ? Number(found[3]) : standard;
  const host = (found[2] ?? '').replace(/^\[|\]$/g, '');
  const path = found[4] ?? '/';
  return {
    scheme,
    host,
    port,
    path: path.startsWith('?') ? `/${path}` : path,
    authority: port === standard ? (found[2] ?? '') : `${found[2] ?? ''}:${port}`,
  };
}

export const urlText = ({ scheme, authority, path }: Url): string => `${scheme}://${authority}${path}`;

/** Where a redirection leads, which may be a path alone. */
export function redirectedUrl(from: Url, location: string): Url | undefined {
  if (location.startsWith('//')) return parseUrl(`${from.scheme}:${location}`);
  if (location.startsWith('/')) return { ...from, path: location };
  if (/^https?:/.test(location)) return parseUrl(location);
  return { ...from, path: `${from.path.replace(/[^/]*$/, '')}${location}` };
}

export function httpRequest(
  url: Url,
  fields: Pick<HttpRequest, 'method' | 'headers' | 'body' | 'timeoutMs'>,
): HttpRequest {
  return {
    protocol: 'http',
    ...(url.scheme === 'https' && { secure: true }),
    host: url.host,
    port: url.port,
    path: url.path,
    ...fields,
  };
}

export function headerOf(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  const key = Object.keys(headers).find((one) => one.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : headers[key];
}

/** `HTTP/1.1 404 Not Found` */
export const statusLine = (status: number): string =>
  `HTTP/1.1 ${status} ${STATUS_TEXTS[status] ?? ''}`.trimEnd();

const STATUS_TEXTS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  413: 'Payload Too Large',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** The answer as a client of plain text sees it. */
export function responseHead(
  status: number,
  headers: Readonly<Record<string, string>>,
  newline = '\r\n',
): string {
  const lines = [statusLine(status), ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
  return lines.map((line) => line + newline).join('') + newline;
}
