import type { Box } from '../layout.ts';
import type { PaneBody } from '../line.ts';
import type { PaneName } from '../pane-names.ts';
import { answerPaneLines } from './answer-pane-lines.ts';
import { branchesLines } from './branches-lines.ts';
import { clusterLines } from './cluster-lines.ts';
import { entriesLines } from './entries-lines.ts';
import { eventsLines } from './events-lines.ts';
import { lanesLines } from './lanes-lines.ts';
import { logsLines } from './logs-lines.ts';
import { objectLines } from './object-lines.ts';
import { pipelineLines } from './pipeline-lines.ts';
import { podsLines } from './pods-lines.ts';
import type { Seen } from './seen.ts';

/**
 * What stands in a pane of a size. The story is set by itself: it is the same for as long as nothing is
 * added.
 */
export function paneBody(name: Exclude<PaneName, 'story'>, seen: Seen, box: Box): PaneBody {
  return BODIES[name](seen, box);
}

const BODIES: Readonly<Record<Exclude<PaneName, 'story'>, (seen: Seen, box: Box) => PaneBody>> = {
  answer: answerPaneLines,
  branches: branchesLines,
  cluster: clusterLines,
  entries: entriesLines,
  events: eventsLines,
  lanes: lanesLines,
  logs: logsLines,
  object: objectLines,
  pipeline: pipelineLines,
  pods: podsLines,
};
