import type { ProgramDefinition } from '../program-definition.ts';

type Secrets = NonNullable<ProgramDefinition['makesSecrets']>;

const PAIR = ['ca.crt', 'tls.crt', 'tls.key'];

/**
 * Programs of which nothing is known but what other pods of their manifests wait for: Secrets that they make
 * when they start, as their accounts may.
 */
export const SECRET_MAKERS: Readonly<Record<string, Secrets>> = {
  'metallb/controller': [{ name: 'memberlist', keys: ['secretkey'] }],
  'kedacore/keda': [{ name: 'kedaorg-certs', keys: ['ca.key', ...PAIR] }],
  'projectcontour/contour': [
    { name: 'contourcert', keys: PAIR },
    { name: 'envoycert', keys: PAIR },
  ],
};
