import type { Call, Ended, Program } from '../program.ts';
import { digestCalled } from './digest.ts';
import { pkey, rsa } from './keys.ts';
import { genpkey, genrsa } from './make-key.ts';
import { OpensslExit } from './options.ts';
import { req } from './req.ts';
import { sClient } from './s-client.ts';
import { verify } from './verify.ts';
import { x509 } from './x509.ts';

const COMMANDS: Readonly<Record<string, (call: Call, words: readonly string[]) => Ended>> = {
  genrsa,
  genpkey,
  req,
  x509,
  rsa,
  pkey,
  verify,
  s_client: sClient,
  dgst: digestCalled('dgst'),
  sha256: digestCalled('sha256'),
  sha1: digestCalled('sha1'),
  md5: digestCalled('md5'),
  version: (call) => {
    call.write('stdout', 'OpenSSL 3.0.15 3 Sep 2024 (Library: OpenSSL 3.0.15 3 Sep 2024)\n');
    return { exitCode: 0 };
  },
};

/**
 * openssl, as far as somebody needs it who wants a certificate of a cluster: keys, requests, certificates.
 */
export const openssl: Program = {
  type: 'program',
  name: 'openssl',
  check([command]) {
    if (command === undefined || command.text.includes('\0') || Object.hasOwn(COMMANDS, command.text))
      return undefined;
    const { text, offset, length } = command;
    const hint = `it has ${Object.keys(COMMANDS).join(', ')}`;
    return { code: 'notSimulated', message: `openssl ${text} is not simulated`, hint, offset, length };
  },
  // biome-ignore lint/correctness/useYield: it asks nobody, and is called as all programs are
  *run(call) {
    const [name = '', ...words] = call.args;
    const command = COMMANDS[name];
    if (command === undefined) {
      call.write('stderr', `Invalid command '${name}'; type "help" for a list.\n`);
      return { exitCode: 1 };
    }
    try {
      return command(call, words);
    } catch (thrown) {
      if (!(thrown instanceof OpensslExit)) throw thrown;
      call.write('stderr', `${thrown.message}\n`);
      return { exitCode: 1 };
    }
  },
};
