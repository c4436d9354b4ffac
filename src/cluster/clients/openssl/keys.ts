import { hexOf } from '../../objects/hex.ts';
import { membersOf, readDer } from '../../objects/pki/der.ts';
import { readPem, writePem } from '../../objects/pki/pem.ts';
import { readKey } from '../../objects/pki/rsa-key.ts';
import type { Call, Ended } from '../program.ts';
import { bytesOfText, textOfBytes } from './binary.ts';
import { inputOf, OpensslExit, type Options, output, readOptions } from './options.ts';

const VALUED = 'in out inform outform passin passout';
const BARE = 'pubin pubout noout modulus check text traditional RSAPublicKey_out';

/** `openssl rsa -in a.key -noout -modulus`, `openssl rsa -pubin -outform der`. */
export function rsa(call: Call, words: readonly string[]): Ended {
  return convert(call, readOptions('rsa', words, { valued: VALUED, bare: BARE }), 'writing RSA key\n');
}

/** `openssl pkey -in a.key -pubout`. */
export function pkey(call: Call, words: readonly string[]): Ended {
  return convert(call, readOptions('pkey', words, { valued: VALUED, bare: BARE }));
}

function convert(call: Call, { values, bare }: Options, note = ''): Ended {
  const path = values.get('in');
  const isPublic = bare.has('pubin');
  const text = inputOf(call, path, isPublic ? 'public key' : 'private key');
  const key = isPublic ? undefined : readKey(text);
  const publicKey = key?.publicKey ?? publicKeyIn(text, isPublic);
  if (publicKey === undefined)
    throw new OpensslExit(
      `Could not read ${isPublic ? 'public key' : 'private key'} from ${path ?? '<stdin>'}`,
    );
  const told = [
    ...(bare.has('check') ? ['RSA key ok\n'] : []),
    ...(bare.has('text') ? [`${isPublic ? 'Public-Key' : 'Private-Key'}: (${key?.bits ?? 2048} bit)\n`] : []),
    ...(bare.has('modulus') ? [`Modulus=${modulusOf(publicKey)}\n`] : []),
  ];
  const isAskedPublic = isPublic || bare.has('pubout');
  const bytes = isAskedPublic ? publicKey : (readPem(key?.pem ?? '')[0]?.bytes ?? []);
  const whole = isAskedPublic ? writePem({ type: 'PUBLIC KEY', bytes }) : (key?.pem ?? '');
  const isDer = values.get('outform')?.toLowerCase() === 'der';
  if (!bare.has('noout')) {
    if (note !== '') call.write('stderr', note);
    told.push(isDer ? textOfBytes(bytes) : whole);
  }
  return output(call, values.get('out'), told.join(''));
}

/** Of a file that holds the public half alone, which a certificate does, too. */
function publicKeyIn(text: string, isAsked: boolean): readonly number[] | undefined {
  if (!isAsked) return undefined;
  return (
    readPem(text).find(({ type }) => type === 'PUBLIC KEY')?.bytes ??
    (text.startsWith('0') ? bytesOfText(text) : undefined)
  );
}

/** In capitals, as openssl prints it. */
export function modulusOf(publicKey: readonly number[]): string {
  const bits = membersOf(readDer(publicKey)?.[0])[1];
  const modulus = membersOf(readDer(bits?.content.slice(1) ?? [])?.[0])[0];
  const bytes = modulus?.content[0] === 0 ? modulus.content.slice(1) : (modulus?.content ?? []);
  return hexOf(bytes).toUpperCase();
}
