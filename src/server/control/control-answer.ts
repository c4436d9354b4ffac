/** What is answered to a request for the control API: a JSON document, a text in parts, or a stream. */
export type ControlAnswer =
  | { readonly status: number; readonly json: unknown }
  | { readonly status: 200; readonly type: string; readonly parts: Iterable<string> }
  | { readonly status: 200; readonly type: string; readonly stream: Stream };

/** Sends texts as they come, until it is told to stop. */
export type Stream = (send: (text: string) => void) => () => void;

/** Refusals are Status objects, as the Kubernetes API's: `kubectl get --raw` shows their messages. */
export function refused(code: 400 | 403 | 404 | 405 | 409, message: string): ControlAnswer {
  const reason = REASONS[code];
  return {
    status: code,
    json: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code },
  };
}

const REASONS = {
  400: 'BadRequest',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  409: 'Conflict',
} as const;

export function answered(json: unknown, status = 200): ControlAnswer {
  return { status, json };
}
