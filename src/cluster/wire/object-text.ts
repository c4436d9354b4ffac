import type { KubeObject } from '../objects/kube-object.ts';
import type { Resource } from '../objects/schema/resources.ts';
import { listedObject, shownObject } from './shown-object.ts';

/**
 * Texts that are told again and again: of an object each that is never changed in place. What nobody asks for
 * any more is forgotten, once so much has been written since that it is no longer worth its place.
 */
export interface Texts {
  of(object: object, form: string, write: () => string): string;
}

/** UTF-16 units of one generation; there are two. */
const GENERATION = 16 * 1024 * 1024;

export function createTexts(most = GENERATION): Texts {
  type Known = WeakMap<object, Map<string, string>>;
  let [young, old]: [Known, Known] = [new WeakMap(), new WeakMap()];
  let size = 0;
  return {
    of(object, form, write) {
      const known = young.get(object)?.get(form);
      if (known !== undefined) return known;
      const text = old.get(object)?.get(form) ?? write();
      if (size > most) {
        [young, old] = [new WeakMap(), young];
        size = 0;
      }
      const forms = young.get(object) ?? new Map<string, string>();
      young.set(object, forms.set(form, text));
      size += text.length;
      return text;
    },
  };
}

const texts = createTexts();

/** An object in JSON as a version of its API shows it. */
export function objectText(object: KubeObject, resource: Resource): string {
  return texts.of(object, `object ${resource.name} ${resource.apiVersion}`, () =>
    JSON.stringify(shownObject(object, resource)),
  );
}

/** The same as it stands in a list of its kind. */
export function listedText(object: KubeObject, resource: Resource): string {
  return texts.of(object, `item ${resource.name} ${resource.apiVersion}`, () =>
    JSON.stringify(listedObject(object, resource)),
  );
}

export interface TextEvent {
  readonly type: string;
  readonly object: KubeObject;
  readonly resource: Resource;
}

/** What a watch tells of an object: the same to all who watch. */
export function eventText({ type, object, resource }: TextEvent, write: () => string): string {
  return texts.of(
    object,
    `${type} ${resource.name} ${resource.apiVersion}`,
    () => `{"type":"${type}","object":${write()}}\n`,
  );
}
