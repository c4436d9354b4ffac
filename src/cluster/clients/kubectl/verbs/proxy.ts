import { bool, duration, int, text } from '../../flags/flag.ts';
import { listenerAt } from '../../web/listeners.ts';
import { fail } from '../failure.ts';
import type { Verb } from '../verb.ts';

/** It stands for as long as somebody lets it, and asks the API server for whoever asks it. */
export const proxy: Verb = {
  name: 'proxy',
  flags: [
    int('p,port', '8001'),
    text('address', '127.0.0.1'),
    text('api-prefix', '/'),
    text('w,www'),
    text('P,www-prefix', '/static/'),
    text('accept-hosts', '^localhost$,^127\\.0\\.0\\.1$,^\\[::1\\]$'),
    text('accept-paths', '^.*'),
    text('reject-paths', '^/api/.*/pods/.*/exec,^/api/.*/pods/.*/attach'),
    text('reject-methods', '^$'),
    text('u,unix-socket'),
    bool('disable-filter'),
    bool('append-server-path'),
    duration('keepalive', '0s'),
  ],
  run({ args, call, flags, out, asking }) {
    if (args.length > 0) fail('unexpected arguments');
    const socket = flags.text('unix-socket');
    const [address, port] = [flags.text('address'), flags.int('port')];
    if (call.memory === undefined) {
      if (socket === '' && listenerAt(call, address, port) !== undefined)
        fail(`listen tcp ${address}:${port}: bind: address already in use`);
      out(`Starting to serve on ${socket === '' ? `${address}:${port}` : socket}\n`);
    }
    if (socket !== '') return { pause: { memory: { serves: true } } };
    const { machine } = call;
    const to = { apiServer: true, ...(asking && { asking }) } as const;
    const listens = [{ address, port, to, ...(machine !== undefined && { machine }) }];
    return { pause: { memory: { serves: true }, listens } };
  },
};
