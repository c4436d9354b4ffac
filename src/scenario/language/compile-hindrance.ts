import type { HindranceRow } from '../../cluster/contract/hindrance-row.ts';
import type { HindranceFault } from '../../cluster/faults/hindrance-fault.ts';
import { millisOf } from './compile-duration.ts';
import { shareOf } from './compile-path.ts';
import type { FaultDocument } from './schema/fault-schema.ts';
import type { HindranceDocument } from './schema/hindrance-schema.ts';

const CODES = { overloaded: 429, serverError: 500, unavailable: 503 } as const;

const ELSEWHERE: readonly string[] = ['path', 'pulls', 'network', 'clock'];

export function isHindranceDocument(document: FaultDocument): document is HindranceDocument {
  const [verb = '', what = ''] = Object.entries(document)[0] ?? [];
  if (verb === 'fail') return what === 'requests';
  return (verb === 'slow' || verb === 'mend') && !ELSEWHERE.includes(String(what));
}

export function compileHindrance(document: HindranceDocument): HindranceFault {
  const named = 'node' in document ? document.node : undefined;
  const nodes = named === undefined ? {} : { nodes: [named].flat() };
  const does = 'mend' in document ? 'is relieved' : 'is hindered';
  return { of: 'program', does, ...nodes, hindrance: hindranceOf(document) };
}

/** What undoes it. */
export function relieved({ does, hindrance, ...where }: HindranceFault): HindranceFault | undefined {
  if (does === 'is relieved') return undefined;
  const { of, program } = hindrance;
  return { ...where, does: 'is relieved', hindrance: { of, program } };
}

function hindranceOf(document: HindranceDocument): Omit<HindranceRow, 'since' | 'node'> {
  if ('fail' in document) {
    const { because, share = 1, of: program = '*' } = document;
    return { of: 'requests', program, code: CODES[because], share: shareOf(share) };
  }
  const what = 'mend' in document ? document.mend : document.slow;
  const slow = 'slow' in document ? slowness(document) : {};
  if (what !== 'watches' && what !== 'requests') return { of: 'work', program: what, ...slow };
  return { of: what, program: ('of' in document ? document.of : undefined) ?? '*', ...slow };
}

function slowness(
  document: Extract<HindranceDocument, { slow: unknown }>,
): Pick<HindranceRow, 'byMs' | 'times'> {
  const times = 'times' in document ? document.times : undefined;
  return {
    ...(document.by !== undefined && { byMs: millisOf(document.by) }),
    ...(times !== undefined && { times }),
  };
}
