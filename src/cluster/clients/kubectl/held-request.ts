import { drawWhole } from '../../../kernel/chance/draw.ts';
import type { Millis } from '../../../kernel/time/millis.ts';
import type { Deed } from '../../contract/component.ts';
import type { Response } from '../../contract/response.ts';
import type { Json } from '../../objects/json.ts';
import type { Pod } from '../../objects/kubernetes.ts';
import { hasQuorum, runsAnywhere } from '../../world/control-plane.ts';
import { isAnyHindered, requestLateness } from '../../world/hindrance-of.ts';
import { refusalOf, retryLateness } from '../../world/refusals.ts';
import type { Call, Pause } from '../program.ts';
import type { Steps } from './invocation.ts';

/** A call that waits for the answer to one request, as plain data. */
interface Held {
  /** What the API server has answered in this look, up to that request. */
  readonly answers: readonly Json[];
  /** How often something has been written by then. */
  readonly writes: number;
  /** How often the API server has looked for the service account. */
  readonly attempts: number;
  /** What the call itself remembered when the look began. */
  readonly memory?: unknown;
}

const ATTEMPTS_MAX = 10;

/**
 * The API server holds a request while its etcd does not answer, and one that creates a pod while the
 * namespace's own service account is not there yet: it looks for it ten times, 100 to 200 ms apart
 * (apiserver: plugin/pkg/admission/serviceaccount getServiceAccount). When the request is free to go, the
 * call is taken up to it again with the answers that it had.
 */
export function* holdingRequests(call: Call, run: (call: Call) => Steps): Steps {
  const held = heldIn(call.memory);
  const memory = held === undefined ? call.memory : held.memory;
  let writes = 0;
  const steps = run({
    ...call,
    memory,
    write(stream, text) {
      writes += 1;
      if (writes > (held?.writes ?? 0)) call.write(stream, text);
    },
  });
  const answers: (Response | undefined)[] = [];
  let attempts = held?.attempts ?? 0;
  let step = steps.next();
  while (!step.done) {
    const known = held?.answers ?? [];
    if (answers.length < known.length) {
      answers.push((known[answers.length] ?? undefined) as unknown as Response | undefined);
    } else {
      const wait = waitOf(step.value, call, { attempts, count: answers.length });
      if (wait) {
        const state = { answers: asJson(answers), writes, attempts: attempts + 1 };
        const pause = { ...state, ...(memory === undefined ? {} : { memory }) };
        return { pause: { memory: { held: pause }, ...wait } };
      }
      attempts = 0;
      answers.push(yield step.value);
    }
    step = steps.next(answers.at(-1) as Response);
  }
  return step.value;
}

type Wait = Pick<Pause, 'wakeAt' | 'awaits'>;

/** Until when a request waits that has waited so often; undefined for one that is free to go. */
function waitOf(
  deed: Deed,
  call: Call,
  { attempts, count }: { readonly attempts: number; readonly count: number },
): Wait | undefined {
  if (attempts === 0 && waitsForStore(deed, call)) return untilStoreAnswers(call);
  const lateMs = attempts === 0 ? latenessOf(deed, call, count) : 0;
  if (lateMs > 0) return { wakeAt: call.now + lateMs };
  return waitsForAccount(deed, call) && attempts + 1 < ATTEMPTS_MAX
    ? { wakeAt: call.now + interval(call) }
    : undefined;
}

function heldIn(memory: unknown): Held | undefined {
  return typeof memory === 'object' && memory !== null && 'held' in memory
    ? (memory as { readonly held: Held }).held
    : undefined;
}

function asJson(answers: readonly (Response | undefined)[]): readonly Json[] {
  return answers.map((answer) => (answer ?? null) as unknown as Json);
}

/** How much longer than it should an API server takes that is slow, or whose etcd is. */
function latenessOf(deed: Deed, { view, command, instance }: Call, count: number): Millis {
  const { rows, settings, chance } = view;
  if ('type' in deed || !isAnyHindered(rows)) return 0;
  const own = { component: { name: 'kubectl' }, actor: 'kubectl' };
  const again = retryLateness(chance, refusalOf(rows, own), [command, instance, count]);
  return again + requestLateness(rows, settings, deed.verb !== 'get' && deed.verb !== 'list');
}

/** Whether the API server asks an etcd that has no leader, and waits for it. */
function waitsForStore(deed: Deed, { view: { rows, settings } }: Call): boolean {
  return !('type' in deed) && runsAnywhere(rows, 'kube-apiserver', settings) && !hasQuorum(rows, settings);
}

/** Five seconds, and twice the time that an election takes (etcd: config.go, ReqTimeout). */
const STORE_MS = 7000;

function untilStoreAnswers({ view: { rows }, now }: Call): Wait {
  const nodes = rows.rowsBy('etcdMembers', 'all', '').map(({ node }) => node);
  return { wakeAt: now + STORE_MS, awaits: [{ type: 'etcd', nodes, isLed: true }] };
}

function interval({ view, command, instance }: Call): number {
  return drawWhole(view.chance, 100, 199, 'service-account-retry', command, instance);
}

/** Whether the API server would look for `default` in a namespace that has no such service account yet. */
function waitsForAccount(deed: Deed, { view }: Call): boolean {
  if ('type' in deed || deed.verb !== 'create' || deed.resource !== 'pods') return false;
  const { namespace = '', subresource } = deed;
  if (subresource !== undefined || view.objects.get('namespaces', undefined, namespace) === undefined)
    return false;
  const { serviceAccountName = '' } = (deed.object as Partial<Pod>).spec ?? {};
  if (serviceAccountName !== '' && serviceAccountName !== 'default') return false;
  return view.objects.get('serviceaccounts', namespace, 'default') === undefined;
}
