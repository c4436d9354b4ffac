import { quoteGo } from '../../../../objects/go-json.ts';
import type { KubeObject } from '../../../../objects/kube-object.ts';
import type { Container } from '../../../../objects/kubernetes.ts';
import { fail } from '../../failure.ts';
import type { Invocation, Steps } from '../../invocation.ts';
import { partPairs, readPairs } from '../../pair-args.ts';
import { withPodSpec } from '../../pod-template.ts';
import type { Verb } from '../../verb.ts';
import { changeTemplates, noPodTemplate, SET_FLAGS } from './change-templates.ts';

export const setImage: Verb = { name: 'image', flags: SET_FLAGS, run: setImages };

function* setImages(invocation: Invocation): Steps {
  const { resources, pairs } = partPairs(invocation.args, 'image');
  const images = readPairs(pairs, 'image', false).set;
  return yield* changeTemplates(invocation, {
    resources,
    flags: SET_FLAGS,
    operation: 'image updated',
    failure: 'failed to patch image update to pod template: ',
    check: () => checkImages(resources.length, images),
    change: (object, found) => withImages(object, images, found),
  });
}

function checkImages(resourceCount: number, images: ReadonlyMap<string, string>): void {
  if (resourceCount === 0) return;
  if (images.size === 0) fail('at least one image update is required');
  if (images.size > 1 && images.has('*')) {
    fail(
      'all containers are already specified by *, but saw more than one container_name=container_image pairs',
    );
  }
}

function withImages(
  object: KubeObject,
  images: ReadonlyMap<string, string>,
  problems: string[],
): KubeObject | undefined {
  const changed = withPodSpec(object, (spec) => {
    const names = [...(spec.initContainers ?? []), ...spec.containers].map(({ name }) => name);
    for (const name of images.keys()) {
      if (name !== '*' && !names.includes(name))
        problems.push(`error: unable to find container named ${quoteGo(name)}`);
    }
    const updated = (containers: readonly Container[]): Container[] =>
      containers.map((container) => {
        const image = images.get(container.name) ?? images.get('*');
        return image === undefined ? container : { ...container, image };
      });
    return {
      ...spec,
      containers: updated(spec.containers),
      ...(spec.initContainers === undefined ? {} : { initContainers: updated(spec.initContainers) }),
    };
  });
  if (changed === undefined) problems.push(noPodTemplate(object));
  return changed;
}
