import type { WebPlan } from '../../contract/web-rows.ts';
import { byteLength } from '../../tools/byte-length.ts';

/** nginx: ngx_http_special_response.c. */
const TITLES: Readonly<Record<number, string>> = {
  301: '301 Moved Permanently',
  302: '302 Found',
  303: '303 See Other',
  307: '307 Temporary Redirect',
  308: '308 Permanent Redirect',
  400: '400 Bad Request',
  401: '401 Authorization Required',
  403: '403 Forbidden',
  404: '404 Not Found',
  405: '405 Not Allowed',
  413: '413 Request Entity Too Large',
  429: '429 Too Many Requests',
  500: '500 Internal Server Error',
  502: '502 Bad Gateway',
  503: '503 Service Temporarily Unavailable',
  504: '504 Gateway Time-out',
};

/** What nginx itself says, in its own words. */
export function pageOf(status: number, headers: Readonly<Record<string, string>> = {}): Answered {
  const title = TITLES[status];
  const body =
    title === undefined
      ? ''
      : [
          '<html>',
          `<head><title>${title}</title></head>`,
          '<body>',
          `<center><h1>${title}</h1></center>`,
          '<hr><center>nginx</center>',
          '</body>',
          '</html>',
          '',
        ].join('\r\n');
  return {
    kind: 'answer',
    status,
    headers: {
      ...(body !== '' && { 'Content-Type': 'text/html' }),
      'Content-Length': String(byteLength(body)),
      Connection: 'keep-alive',
      ...headers,
    },
    body,
  };
}

type Answered = Extract<WebPlan, { kind: 'answer' }>;

/** Envoy's own words: whoever it can't reach is a service that is not available. */
const ENVOY: Readonly<Record<number, readonly [status: number, body: string]>> = {
  502: [503, 'upstream connect error or disconnect/reset before headers. reset reason: connection failure'],
  503: [503, 'no healthy upstream'],
  504: [504, 'upstream request timeout'],
};

/** The same as a sidecar says it. */
export function envoyPage({ status }: Answered): Answered {
  const [code = status, body = ''] = ENVOY[status] ?? [];
  const type = { 'Content-Length': String(byteLength(body)), 'Content-Type': 'text/plain' };
  return { kind: 'answer', status: code, headers: { ...type, Server: 'envoy' }, body };
}
