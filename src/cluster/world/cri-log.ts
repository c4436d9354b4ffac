import type { Millis } from '../../kernel/time/millis.ts';
import { formatRfc3339 } from '../../kernel/time/rfc3339.ts';
import type { ContainerRow, LogRow } from '../contract/machine-rows.ts';

/** Where the log of a container lies on its machine. */
export interface LogPlace {
  /** Below `/var/log/pods`: `default_web_UID/nginx/0.log`. */
  readonly path: string;
  /** The link to it below `/var/log/containers`, by which collectors find it. */
  readonly link: string;
}

export function logPlaceOf({ id, pod: podKey, name: container, attempt }: ContainerRow): LogPlace {
  const [namespace = '', pod = '', uid = ''] = podKey.split('/').map(asName);
  const name = asName(container);
  return {
    path: `${namespace}_${pod}_${uid}/${name}/${attempt}.log`,
    link: `${pod}_${namespace}_${name}-${asName(id)}.log`,
  };
}

/** Names of the API are names of files; a log that somebody has made up shall lead nowhere else. */
export function asName(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]/g, '-').replace(/^\.+$/, '-');
}

/** What runtimes cut lines at (containerd: max_container_log_line_size). */
const LONGEST_PIECE = 16_384;

/** A line that a container has written, in the format of the CRI: `<time> stdout F <text>`. */
export function criLine(epochMs: Millis, stream: LogRow['stream'], line: string): string {
  const head = `${timeText(epochMs)} ${stream}`;
  let text = '';
  let rest = line;
  for (; rest.length > LONGEST_PIECE; rest = rest.slice(LONGEST_PIECE)) {
    text += `${head} P ${rest.slice(0, LONGEST_PIECE)}\n`;
  }
  return `${text}${head} F ${rest}\n`;
}

/** Go's RFC3339Nano, which leaves zeros at the end out. */
function timeText(epochMs: number): string {
  const ms = ((epochMs % 1000) + 1000) % 1000;
  const fraction = ms === 0 ? '' : `.${String(ms).padStart(3, '0').replace(/0+$/, '')}`;
  return formatRfc3339(epochMs - ms).replace(/Z$/, `${fraction}Z`);
}
