import { makeKey, type RsaKey } from '../../objects/pki/rsa-key.ts';
import type { Call, Ended } from '../program.ts';
import { OpensslExit, output, readOptions } from './options.ts';

const SMALLEST = 512;

/** A key that no other call makes. */
export function newKey({ command, instance, view }: Call, bits: number): RsaKey {
  if (!(bits >= SMALLEST)) throw new OpensslExit(`Error: RSA key size too small: ${bits}`);
  return makeKey(`${view.chance.seed} openssl ${command} ${instance}`, bits);
}

/** `openssl genrsa -out jane.key 2048` */
export function genrsa(call: Call, words: readonly string[]): Ended {
  const { values, operands } = readOptions('genrsa', words, {
    valued: 'out',
    bare: 'traditional verbose f4',
  });
  return keyFile(call, values.get('out'), Number(operands[0] ?? 2048));
}

/** `openssl genpkey -algorithm RSA -out jane.key -pkeyopt rsa_keygen_bits:2048` */
export function genpkey(call: Call, words: readonly string[]): Ended {
  const { values } = readOptions('genpkey', words, { valued: 'out algorithm pkeyopt', bare: 'quiet' });
  if ((values.get('algorithm') ?? '').toUpperCase() !== 'RSA')
    throw new OpensslExit(
      `Error initializing ${values.get('algorithm') ?? ''} context: only RSA is simulated`,
    );
  const bits = /^rsa_keygen_bits:(\d+)$/.exec(values.get('pkeyopt') ?? '')?.[1];
  return keyFile(call, values.get('out'), Number(bits ?? 2048));
}

function keyFile(call: Call, path: string | undefined, bits: number): Ended {
  const { pem } = newKey(call, bits);
  return path === undefined
    ? output(call, path, pem)
    : { exitCode: 0, written: [{ path, text: pem, mode: 0o600 }] };
}
