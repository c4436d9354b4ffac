import type { Reaction, View } from '../contract/component.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import { APPLICATIONS, type Application, FINALIZER } from './application.ts';
import { remove } from './apply-task.ts';
import { compare } from './compare.ts';

/** An application that goes takes what it put there with it, if its finalizer says so. */
export function* deleteCascading(view: View, app: Application): Reaction {
  const { finalizers = [], name = '', namespace = '' } = app.metadata;
  if (!finalizers.includes(FINALIZER)) return;
  const { version } = view.settings;
  const hooks = app.status?.operationState?.syncResult?.resources?.filter(({ hookType }) => hookType) ?? [];
  const resources = [...(app.status?.resources ?? []), ...hooks.map(({ status: _, ...hook }) => hook)];
  const all = { ...app, status: { ...app.status, resources } };
  const left = compare(view.objects, { app: all, objects: [], version }).filter(({ live }) => live);
  if (left.length > 0) {
    for (const { resource, live, key } of left) {
      if (resource && live?.metadata.deletionTimestamp === undefined)
        yield* remove(resource.name, { ...key });
    }
    return;
  }
  const metadata = { ...app.metadata, finalizers: finalizers.filter((each) => each !== FINALIZER) };
  const object: KubeObject = { ...app, metadata };
  yield { verb: 'update', resource: APPLICATIONS, namespace, name, object };
}
