import { STAGES, type Stage, type StageTold } from '../../cluster/contract/api-server.ts';
import type { Request } from '../../cluster/contract/request.ts';
import type { Retold } from '../../cluster/runtime/perform-again.ts';
import { fieldOf } from '../../replay/field-path.ts';
import type { Timeline } from '../../replay/timeline.ts';
import { stageNamesIn } from '../../words/stage-names.ts';
import { cellsOf } from '../cells.ts';
import { requestOf, requestsAt } from './requests-at.ts';

/** What one stage made of a request. */
export interface StageSaid {
  readonly stage: Stage;
  readonly outcome: 'passed' | 'refused' | 'skipped';
  /** Who asks, by which right, what was filled in, who looked. */
  readonly says: string;
}

/** All stages, in their order: those that the request has not come to, or did not need, are skipped. */
export function stagesSaid({
  told,
  decision: { response },
}: Pick<Retold, 'told' | 'decision'>): readonly StageSaid[] {
  const last = told.at(-1)?.stage;
  return STAGES.map((stage) => {
    const own = told.filter((each) => each.stage === stage);
    const refused = !response.ok && stage === last;
    const outcome = refused ? 'refused' : own.length > 0 ? 'passed' : 'skipped';
    const says = own.flatMap(sayings).join('; ');
    return { stage, outcome, says: refused && !response.ok ? refusal(own.at(-1), response.status) : says };
  });
}

function refusal(
  last: StageTold | undefined,
  { code, message }: { readonly code: number; readonly message: string },
): string {
  return `${last?.by === undefined ? '' : `${last.by}: `}${code} ${message}`;
}

/** At most so many fields are named. */
const MOST_FIELDS = 4;

function sayings({ by, says, changes = [] }: StageTold): readonly string[] {
  if (says !== undefined) return [says];
  if (by === undefined) return [];
  if (changes.length === 0) return [by];
  const fields = changes.slice(0, MOST_FIELDS).map((pointer) => fieldOf(pointer));
  return [`${by}: ${fields.join(', ')}${changes.length > MOST_FIELDS ? ', …' : ''}`];
}

/** A request and its way, a line for it and one for each stage that it came to. */
function requestLines(retold: Retold, language: string): readonly string[] {
  const names = stageNamesIn(language);
  const said = stagesSaid(retold).filter(({ outcome }) => outcome !== 'skipped');
  const width = Math.max(...STAGES.map((stage) => cellsOf(names[stage])));
  return [
    headLine(retold.request),
    ...said.map(({ stage, outcome, says }) => {
      const mark = outcome === 'passed' ? '✓' : '✗';
      const name = names[stage] + ' '.repeat(width - cellsOf(names[stage]));
      return `  ${mark} ${name}  ${says.replace(/\n/g, ' ')}`.trimEnd();
    }),
  ];
}

/** The request that an entry came of, where it can be found again. */
export function requestLinesAt(
  timeline: Timeline,
  seq: number,
  { language, files }: { readonly language: string; readonly files: Readonly<Record<string, string>> },
): readonly string[] | undefined {
  const requests = requestsAt(timeline, seq, files);
  const retold = requests && requestOf(requests, seq);
  return retold && requestLines(retold, language);
}

/** `create pods default/web` */
function headLine(request: Request): string {
  const { verb, resource, namespace, subresource } = request;
  const own = request.verb === 'create' ? request.object.metadata?.name : undefined;
  const name = ('name' in request ? request.name : own) ?? '';
  const what = subresource === undefined ? resource : `${resource}/${subresource}`;
  const where = [namespace ?? '', name].filter((part) => part !== '').join('/');
  return `${verb} ${what} ${where}`.trimEnd();
}
