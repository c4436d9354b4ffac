import { drawWhole } from '../../kernel/chance/draw.ts';
import { MINUTE, type Millis } from '../../kernel/time/millis.ts';
import { parseRfc3339 } from '../../kernel/time/rfc3339.ts';
import type { Files } from '../clients/files.ts';
import { folderIn } from '../clients/kubectl-client.ts';
import type { Change } from '../contract/api-event.ts';
import type { Address, Component, Delivery, Reaction, View, Wake } from '../contract/component.ts';
import { controllerRowKey } from '../contract/controller-row.ts';
import { storageKey } from '../objects/storage-key.ts';
import { APPLICATIONS, type Application, TRACKING } from './application.ts';
import { deleteCascading } from './delete-cascading.ts';
import { reconcileApplication } from './reconcile-application.ts';

const ACTOR = 'argocd-application-controller';
const NAMESPACE = 'argocd';

/** argo-cd: timeout.reconciliation and its jitter. */
const POLL_MS = 2 * MINUTE;
const JITTER_MS = MINUTE;

/**
 * Argo CD's controller of Applications: the folder of a repository says what is wanted, and what the cluster
 * has is compared with it, made so, and kept so. Repositories are the scenario's own folder. A key is an
 * Application.
 */
export function applicationController(folder: Files): Component {
  return {
    name: ACTOR,
    watches: ['*'],
    looksAfter: 'gitOps',
    assumes: true,
    deliveriesOf,
    *addresses({ objects }) {
      for (const { metadata } of objects.list<Application>(APPLICATIONS)) yield addressOf(metadata);
    },
    *reconcile(view, address, now) {
      yield* reconcile(view, { address, now, folder });
    },
    wake,
  };
}

function addressOf({ namespace = '', name = '' }: Application['metadata']): Address {
  return { actor: ACTOR, key: `${namespace}/${name}` };
}

function* deliveriesOf({ resource, object }: Change): Generator<Delivery> {
  const { namespace = '', name = '', annotations } = object.metadata;
  if (resource === APPLICATIONS) yield addressOf(object.metadata);
  const [application, what] = annotations?.[TRACKING]?.split(':') ?? [];
  // What its controllers make of it bears copies of the annotation.
  if (application === undefined || !what?.endsWith(`/${object.kind}`)) return;
  if (annotations?.[TRACKING]?.endsWith(`:${namespace}/${name}`))
    yield { actor: ACTOR, key: `${NAMESPACE}/${application}` };
}

interface Look {
  readonly address: Address;
  readonly now: Millis;
  readonly folder: Files;
}

function* reconcile(view: View, { address, now, folder }: Look): Reaction {
  const [namespace = '', name = ''] = address.key.split('/');
  const app = view.objects.get<Application>(APPLICATIONS, namespace, name);
  if (!app) return;
  if (app.metadata.deletionTimestamp !== undefined) {
    yield* deleteCascading(view, app);
    return;
  }
  yield* reconcileApplication(view, {
    app,
    now,
    actor: ACTOR,
    key: address.key,
    files: folderIn(view, folder),
  });
}

function wake(view: View, { key }: Address, from: Millis): Wake | undefined {
  const [namespace = '', name = ''] = key.split('/');
  const app = view.objects.get<Application>(APPLICATIONS, namespace, name);
  if (!app) return undefined;
  const row = view.rows.row('controllerKeys', controllerRowKey(ACTOR, key))?.lookAt;
  const poll = nextPoll(view, app, from);
  const at = row !== undefined && row >= from && row < poll ? row : poll;
  return {
    at,
    cause: view.objects.changedAt(storageKey({ resource: APPLICATIONS, namespace, name })) ?? null,
  };
}

/** When it looks at the repository again: between two and three minutes after each other. */
function nextPoll({ chance, settings }: View, { metadata }: Application, from: Millis): Millis {
  const made = (parseRfc3339(metadata.creationTimestamp ?? '') ?? settings.epochMs) - settings.epochMs;
  const period = POLL_MS + JITTER_MS / 2;
  for (let turn = Math.max(1, Math.floor((from - made) / period)); ; turn++) {
    const late = drawWhole(chance, 0, JITTER_MS / 2, 'poll of a repository', metadata.uid ?? '', turn);
    const at = made + turn * period + late;
    if (at >= from) return at;
  }
}
