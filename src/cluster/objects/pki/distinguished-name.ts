import { der, membersOf, type Node, oid, oidOf, printable, sequence, TAG, textOf, utf8 } from './der.ts';

/** Whom a certificate speaks of: attributes in their order, `[['O', 'dev'], ['CN', 'jane']]`. */
export type DistinguishedName = readonly (readonly [attribute: string, value: string])[];

const OIDS: Readonly<Record<string, string>> = {
  CN: '2.5.4.3',
  SN: '2.5.4.4',
  C: '2.5.4.6',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  street: '2.5.4.9',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  emailAddress: '1.2.840.113549.1.9.1',
};
const NAMES = new Map(Object.entries(OIDS).map(([name, dotted]) => [dotted, name]));

export function isAttribute(name: string): boolean {
  return Object.hasOwn(OIDS, name);
}

/** All values of an attribute. */
export function valuesOf(name: DistinguishedName, attribute: string): readonly string[] {
  return name.flatMap(([each, value]) => (each === attribute ? [value] : []));
}

export function writeName(name: DistinguishedName): readonly number[] {
  const parts = name.map(([attribute, value]) => {
    const text = attribute === 'C' ? printable(value) : utf8(value);
    return der(TAG.set, sequence(oid(OIDS[attribute] ?? attribute), text));
  });
  return sequence(...parts);
}

export function readName(node: Node | undefined): DistinguishedName {
  return membersOf(node).flatMap((set) =>
    membersOf(set).flatMap((pair) => {
      const [type, value] = membersOf(pair);
      if (type === undefined || value === undefined) return [];
      const dotted = oidOf(type);
      return [[NAMES.get(dotted) ?? dotted, textOf(value)] as const];
    }),
  );
}
