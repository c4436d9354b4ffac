import { nearMiss } from '../../cluster/objects/shape/near-miss.ts';
import { parseUrl } from '../../cluster/tools/url.ts';
import type { KnownWords } from './known-words.ts';
import type { Report } from './report.ts';
import type { StepDocument } from './schema/scenario-schema.ts';
import type { TrafficDocument, TrafficFiguresDocument } from './schema/traffic-schema.ts';
import type { Path } from './span-at.ts';
import type { PlacedStep } from './stories.ts';

export interface TrafficContext {
  readonly report: Report;
  readonly words: KnownWords;
}

/** Reports what is wrong with the clients that steps start and stop. */
export function checkTraffic(steps: readonly PlacedStep[], context: TrafficContext): void {
  const running = new Set<string>();
  for (const { step, path } of steps) {
    const { traffic } = step;
    if (!traffic) continue;
    const at: Place = { traffic, path: [...path, 'traffic'] };
    if (traffic.stop) {
      checkStop(at, context, running);
      running.delete(traffic.client);
    } else {
      checkStart(at, context, running);
      if (traffic.for === undefined) running.add(traffic.client);
    }
  }
}

/** Names of the clients of a scenario. */
export function clientsOf(steps: readonly StepDocument[]): readonly string[] {
  return [...new Set(steps.flatMap(({ traffic }) => (traffic && !traffic.stop ? [traffic.client] : [])))];
}

/** Expectations are of a client that there is, and name it where there are several. */
export function checkFigures(
  figures: TrafficFiguresDocument,
  {
    path,
    report,
    clients,
  }: { readonly path: Path; readonly report: Report; readonly clients: readonly string[] },
): void {
  const { client, since, last, ...rest } = figures;
  if (Object.keys(rest).length === 0) {
    const hint = 'say lost: 0, answered: { gte: 1 }, versions: { … }';
    report('empty-step', path, { message: 'nothing is expected of the traffic', hint });
  }
  if (since !== undefined && last !== undefined) {
    const message = 'figures are those since some time, or those of the last while';
    report('conflicting-keys', [...path, 'since'], { message, hint: 'keep one of the two', aim: 'key' });
  }
  if (client !== undefined) checkClient(client, [...path, 'client'], { report, clients });
  else if (clients.length !== 1) {
    const hint = clients.length === 0 ? 'start one in an earlier step: traffic: { … }' : clients.join(', ');
    report('missing-key', path, { message: 'it is not said of which client', hint, aim: 'key' });
  }
}

interface Place {
  readonly traffic: TrafficDocument;
  readonly path: Path;
}

function checkStop({ traffic, path }: Place, { report }: TrafficContext, running: ReadonlySet<string>): void {
  for (const key of Object.keys(traffic)) {
    if (key === 'client' || key === 'stop') continue;
    const message = `"${key}" is of a client that starts, and this one stops`;
    report('conflicting-keys', [...path, key], { message, hint: 'take it away', aim: 'key' });
  }
  checkClient(traffic.client, [...path, 'client'], { report, clients: [...running] });
}

function checkStart(
  { traffic, path }: Place,
  { report, words }: TrafficContext,
  running: ReadonlySet<string>,
): void {
  const { client, to, from } = traffic;
  for (const key of ['to', 'rate'] as const) {
    if (traffic[key] !== undefined) continue;
    const hint = key === 'to' ? 'write to: http://…' : 'write how many requests a second: rate: 50';
    report('missing-key', [...path, key], { message: `"${key}" is missing`, hint, aim: 'key' });
  }
  if (running.has(client)) {
    const message = `the client "${client}" asks already`;
    const hint = 'stop it before, or call this one otherwise';
    report('conflicting-keys', [...path, 'client'], { message, hint });
  }
  // Outside there may be a proxy that takes the encryption off.
  const isPlain = from !== 'outside' && parseUrl(to ?? '')?.scheme === 'https';
  if (isPlain) {
    const message = 'traffic speaks plain HTTP inside of the cluster, and this is not';
    report('wrong-value', [...path, 'to'], { message, hint: 'write http://NAME:PORT/PATH' });
  } else if (to !== undefined && !to.includes('${')) checkUrl(to, [...path, 'to'], { report, words });
  if (typeof from !== 'object') return;
  const [key, name] = 'node' in from ? (['node', from.node] as const) : (['pod', from.pod] as const);
  if (!name.includes('${')) checkWord(name, [...path, 'from', key], { report, words });
}

function checkUrl(text: string, path: Path, context: TrafficContext): void {
  const url = parseUrl(text);
  if (!url) {
    const message = `"${text}" is no URL`;
    context.report('wrong-value', path, { message, hint: 'write http://NAME:PORT/PATH' });
    return;
  }
  const isAddress = /^[\d.]+$|:/.test(url.host) || url.host === 'localhost';
  if (!isAddress) checkWord(url.host.split('.')[0] ?? '', path, context);
}

function checkWord(name: string, path: Path, { report, words }: TrafficContext): void {
  if (words.has(name)) return;
  const near = words.near(name);
  report('matches-nothing', path, {
    message: `nothing here is called "${name}": no command and no manifest of the scenario has that word`,
    ...(near !== undefined && { hint: `did you mean "${near}"?` }),
    severity: 'warning',
  });
}

function checkClient(
  client: string,
  path: Path,
  { report, clients }: { readonly report: Report; readonly clients: readonly string[] },
): void {
  if (clients.includes(client)) return;
  const near = nearMiss(client, clients);
  report('matches-nothing', path, {
    message: `no client "${client}" has been started`,
    ...(near !== undefined && { hint: `did you mean "${near}"?` }),
  });
}
