import { bool, duration, int, text } from '../../flags/flag.ts';
import { fail } from '../failure.ts';
import type { Verb } from '../verb.ts';

/** It stands for as long as somebody lets it. Who would ask it for something is not simulated. */
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
  run({ args, call, flags, out }) {
    if (args.length > 0) fail('unexpected arguments');
    if (call.memory === undefined) {
      const socket = flags.text('unix-socket');
      const address = socket === '' ? `${flags.text('address')}:${flags.int('port')}` : socket;
      out(`Starting to serve on ${address}\n`);
    }
    return { pause: { memory: { serves: true } } };
  },
};
