import { unescapeText } from './unescape-text.ts';

export interface Transfer {
  readonly status: number;
  readonly bytes: number;
  readonly ms: number;
  readonly url: string;
  readonly contentType: string;
  readonly address: string;
}

/** What `-w` prints: `%{http_code}` and its like, with `\n` and other escapes. */
export function writeOut(format: string, transfer: Transfer): string {
  const seconds = (transfer.ms / 1000).toFixed(6);
  const values: Readonly<Record<string, string>> = {
    http_code: String(transfer.status).padStart(3, '0'),
    response_code: String(transfer.status).padStart(3, '0'),
    time_total: seconds,
    time_starttransfer: seconds,
    time_connect: seconds,
    time_namelookup: '0.000000',
    size_download: String(transfer.bytes),
    url_effective: transfer.url,
    url: transfer.url,
    content_type: transfer.contentType,
    remote_ip: transfer.address,
    num_redirects: '0',
  };
  return unescapeText(format, false)
    .text.replace(/%\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
    .replaceAll('%%', '%');
}

/** The meter that curl draws where its output is no terminal. */
export function curlProgress(bytes: number): string {
  const size = String(bytes).padStart(5);
  const percent = bytes > 0 ? '100' : '  0';
  return (
    '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n' +
    '                                 Dload  Upload   Total   Spent    Left  Speed\n' +
    `\r${percent} ${size}  ${percent} ${size}    0     0      0      0 --:--:-- --:--:-- --:--:--     0\n`
  );
}
