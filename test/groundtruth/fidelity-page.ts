import { EXPLANATIONS } from '../../src/compare/explanations/explanations.ts';
import { LAGS } from '../../src/compare/lags.ts';
import { MASKS } from '../../src/compare/normal/masks.ts';
import { HAPPENING_TIME_RULES } from '../../src/compare/pods/happening-times.ts';
import { HAPPENING_RACES, STATE_RACES } from '../../src/compare/pods/races.ts';
import { TIME_RULES } from '../../src/compare/pods/state-time-rules.ts';
import { JUDGED, type Judged } from './judged.ts';
import { KNOWINGLY_OTHERWISE } from './knowingly-otherwise.ts';
import { KNOWN_DIFFERENCES } from './known-differences.ts';

/** The page that tells how far the simulation is judged, made of the data that judges it. */
export function fidelityPage(): string {
  return `# How true it is

What Kubernetes does was recorded on real clusters, 1.36.2 and 1.20.2: every watch event, every command with
its output. \`kubereel compare <recording>\` types the same commands at the same times here and compares. This
page is made of the data that judges (\`npx vitest run test/groundtruth/fidelity.test.ts -u\` writes it), so it
tells what is so today.

## What is compared

- **Pods**: the whole object, write by write, in order; when each state came; who wrote it, as far as it is
  told or follows from what it is; every Kubernetes Event with reason, message, source, count and time.
- **Deployments and ReplicaSets**: every size and revision in order; conditions; how the counts of each
  ReplicaSet rose and fell, and where those of the Deployment ended. How many writes a change of several pods
  takes is a race between controllers.
- **Jobs, CronJobs, DaemonSets, StatefulSets**: every write of the status, in order.
- **Everything else**: what was asked for (labels, owners, spec, data), write by write; what was found, value
  by value; Events as they were in the end.
- **Commands**: exit code and output, line by line; rows and descriptions of pods that are at the same place
  of their life.

Uids, addresses, the namespace and times are abstracted away. Where the real order is determined it is
compared; what several workers write at once is compared as sets.

What is drawn is settled as it was in the recording (\`kernel/chance/outcomes.ts\`, \`compare/recording/
recorded-outcomes.ts\`): the suffixes of names, uids, which of equal nodes a pod goes to and which of equal pods
goes first, the phases of a kubelet's ticks, of probes and of the scheduler's flush, how long a program takes
to start, and when a kubelet that may make but five requests a second comes to tell what it has to tell (what
else it had to tell, of other namespaces, a recording does not show). Names and nodes are then compared as they are. A table of outcomes
makes nothing possible: a name must be one that the server can draw, a node must pass every filter, and one
that has not the highest score, in whichever order the pods that came with this one are worked off, is told
as a difference (\`placements\`).

## Recordings

| recording | what | |
| --- | --- | --- |
${JUDGED.map(recordingRow).join('\n')}

Each that agrees does so with the first three seeds, if nothing else is said. What is not simulated yet is no excuse: the number of places
may only shrink, and the command exits with 1.
${knownSection()}
## Differences that are explained

\`kubereel compare\` lists them and exits with 0.

| difference | why | source |
| --- | --- | --- |
${EXPLANATIONS.map(({ id, kind, why, source }) => row([`\`${id}\` (${kind})`, why, source])).join('\n')}

## Where it knowingly differs

No recording judges these.

${KNOWINGLY_OTHERWISE.map(([what, page]) => `- ${what} ([${page}](${page}))`).join('\n')}

${tolerances()}`;
}

/** What is left open, and by how much. */
function tolerances(): string {
  return `## Races: what one play may show and another not

${[...STATE_RACES, ...HAPPENING_RACES].map(({ why }) => `- ${why}`).join('\n')}

## Tolerances of time

Everything may come within 150 ms of when it came in the recording. Beyond that:

States of pods:

${unique(TIME_RULES.map(({ transition, versions, why }) => `- ${transitionText(transition)}${versionText(versions)}: ${why}`)).join('\n')}

Events about pods:

${unique(HAPPENING_TIME_RULES.map(({ why }) => `- ${why}`)).join('\n')}

Kubelets before 1.27 write late, by as much as they lagged in the recording:

${Object.values(LAGS)
  .map(({ lagMs, of, why }) => `- ${of}: ${lagMs / 1000} s; ${why}`)
  .join('\n')}

Of controllers that follow pods, times add up what the pods took; exact waits (back-offs of Jobs, minutes of
CronJobs, minReadySeconds) are tested by themselves.

## Nobody is judged by

${MASKS.map(({ path, why }) => `- \`${path.source}\`: ${why}`).join('\n')}
`;
}

function recordingRow({ recording, what, untilMs, explained = [], notYet }: Judged): string {
  const until = untilMs === undefined ? '' : ` until t+${untilMs / 1000} s`;
  const ids = explained.map((id) => `\`${id}\``).join(', ');
  const agrees = explained.length === 0 ? `agrees${until}` : `agrees${until}, but for ${ids}`;
  const parts = notYet && `**not simulated yet**: ${notYet.what} (at most ${notYet.atMost} places)`;
  return row([recording, what, parts ?? agrees]);
}

function knownSection(): string {
  if (KNOWN_DIFFERENCES.length === 0) return '';
  const lines = KNOWN_DIFFERENCES.map(
    ({ recording, about, why }) => `- ${recording}, ${about.source}: ${why}`,
  );
  return `\nKnown to differ otherwise:\n\n${lines.join('\n')}\n`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function transitionText(transition: readonly string[] | 'any'): string {
  return transition === 'any' ? 'anything else' : transition.join(', ');
}

function versionText(versions: 'all' | 'old' | 'modern'): string {
  return { all: '', old: ' (before 1.27)', modern: ' (since 1.27)' }[versions];
}

function unique(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)];
}
