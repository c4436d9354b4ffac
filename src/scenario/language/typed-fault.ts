import { type FaultDocument, faultSchema } from './schema/fault-schema.ts';

/** A fault as it is typed: `stop kubelet node-2`, `cut network node-1 from control-plane`. */
const FAULT =
  /^(stop|start|restart|freeze|resume|cut|mend)\s+(\S+)(?:\s+(?!(?:from|takes)\s)(\S+))?(?:\s+(from|takes)\s+(\S+))?$/;

/** A line that makes something break, or mends it, as a scenario would write it; undefined for any other. */
export function typedFault(line: string): FaultDocument | undefined {
  const [, does, what, nodes, key, value = ''] = FAULT.exec(line.trim()) ?? [];
  if (does === undefined) return undefined;
  const more = key === undefined ? {} : { [key]: key === 'from' ? oneOrAll(value) : value };
  const place = nodes === undefined ? {} : { node: oneOrAll(nodes) };
  return faultSchema.safeParse({ [does]: what, ...place, ...more }).data;
}

function oneOrAll(names: string): string | readonly string[] {
  return names.includes(',') ? names.split(',') : names;
}
