import { readRequest, writeRequest } from '../../objects/pki/certificate-request.ts';
import type { DistinguishedName } from '../../objects/pki/distinguished-name.ts';
import { isAttribute } from '../../objects/pki/distinguished-name.ts';
import { type RsaKey, readKey } from '../../objects/pki/rsa-key.ts';
import type { Call, Ended, LeftFile } from '../program.ts';
import { newKey } from './make-key.ts';
import { inputOf, OpensslExit, type Options, output, readOptions } from './options.ts';
import { nameText, requestText } from './text.ts';

const VALUED = 'key out subj newkey keyout in addext config days passout';
const BARE = 'new nodes noenc batch noout text subject verify sha256 utf8';

/** `openssl req -new -key jane.key -out jane.csr -subj "/CN=jane/O=dev"`, and `-in jane.csr -noout -text`. */
export function req(call: Call, words: readonly string[]): Ended {
  const options = readOptions('req', words, { valued: VALUED, bare: BARE });
  const { values, bare } = options;
  const isNew = bare.has('new') || values.has('newkey');
  return isNew ? makeRequest(call, options) : showRequest(call, options);
}

function makeRequest(call: Call, { values, bare }: Options): Ended {
  const subject = values.get('subj');
  if (subject === undefined) {
    throw new OpensslExit(
      'req: the questions for a subject are not simulated: say it with -subj "/CN=…/O=…"',
    );
  }
  const { key, made } = keyFor(call, values, bare);
  const hosts = /^subjectAltName\s*=\s*(.*)$/.exec(values.get('addext') ?? '')?.[1] ?? '';
  const names = hosts.split(',').flatMap((host) => /^\s*DNS:(.+?)\s*$/.exec(host)?.[1] ?? []);
  const pem = writeRequest(subjectOf(subject), key, names);
  return output(call, values.get('out'), bare.has('noout') ? '' : pem, made);
}

function keyFor(
  call: Call,
  values: Options['values'],
  bare: Options['bare'],
): { readonly key: RsaKey; readonly made: readonly LeftFile[] } {
  const path = values.get('key');
  if (path !== undefined) {
    const key = readKey(inputOf(call, path, 'private key'));
    if (key === undefined) throw new OpensslExit(`Could not find private key from ${path}`);
    return { key, made: [] };
  }
  if (!bare.has('nodes') && !bare.has('noenc'))
    throw new OpensslExit('req: a pass phrase for the key is not simulated: use -nodes');
  const bits = /^rsa(?::(\d+))?$/.exec(values.get('newkey') ?? 'rsa')?.[1];
  const key = newKey(call, Number(bits ?? 2048));
  return { key, made: [{ path: values.get('keyout') ?? 'privkey.pem', text: key.pem, mode: 0o600 }] };
}

/** `/CN=jane/O=dev`, with a slash in a value behind a backslash. */
function subjectOf(text: string): DistinguishedName {
  if (!text.startsWith('/')) {
    const why = `name is expected to be in the format /type0=value0/type1=value1/type2=... where characters may be escaped by \\. This name is not in that format: '${text}'`;
    throw new OpensslExit(`req: subject ${why}`);
  }
  const parts = text.slice(1).split(/(?<!\\)\//);
  return parts.flatMap((part) => {
    const equals = part.indexOf('=');
    const [attribute, value] = [part.slice(0, equals), part.slice(equals + 1).replace(/\\(.)/g, '$1')];
    if (equals < 0 || value === '' || !isAttribute(attribute)) return [];
    return [[attribute, value] as const];
  });
}

function showRequest(call: Call, { values, bare }: Options): Ended {
  const path = values.get('in');
  const pem = inputOf(call, path, 'certificate request');
  const request = readRequest(pem);
  if (request === undefined)
    throw new OpensslExit(`Could not find certificate request from ${path ?? '<stdin>'}`);
  const shown = [
    ...(bare.has('verify') ? ['Certificate request self-signature verify OK\n'] : []),
    ...(bare.has('text') ? [requestText(request)] : []),
    ...(bare.has('subject') ? [`subject=${nameText(request.subject)}\n`] : []),
    ...(bare.has('noout') ? [] : [pem]),
  ];
  return output(call, values.get('out'), shown.join(''));
}
