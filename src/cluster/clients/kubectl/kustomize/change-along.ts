import { isObject, type Json, type JsonObject } from '../../../objects/json.ts';

/** What becomes of a value: undefined leaves it as it is. */
export type Change = (at: Json | undefined) => Json | undefined;

/**
 * The value with what stands at the end of these steps changed, as kustomize's field specs walk: through
 * lists without a word. What is not there is left so, or made when `isMade`. Nothing is changed in place.
 */
export function changeAlong(
  value: Json,
  [step, ...rest]: readonly string[],
  { change, isMade = false }: { readonly change: Change; readonly isMade?: boolean },
): Json {
  const how = { change, isMade };
  if (step === undefined) return change(value) ?? value;
  if (Array.isArray(value)) return value.map((item) => changeAlong(item, [step, ...rest], how));
  if (!isObject(value)) return value;
  const object = value as JsonObject;
  const inner = object[step];
  if (inner === undefined || inner === null) {
    if (!isMade) return value;
    const made = rest.length === 0 ? change(undefined) : changeAlong({}, rest, how);
    return made === undefined ? value : { ...object, [step]: made };
  }
  return { ...object, [step]: changeAlong(inner, rest, how) };
}

/**
 * `spec.containers.[name=web].image` in steps; a dot in a step is written `\.`, or stands in brackets
 * (kyaml: utils.SmarterPathSplitter).
 */
export function stepsOf(path: string, delimiter = '.'): readonly string[] {
  const parts = path.split(delimiter);
  if (parts.length > 1 && parts[0] === '') parts.shift();
  const steps: string[] = [];
  let isOpen = false;
  for (const part of parts) {
    const last = steps.at(-1);
    if (last !== undefined && (isOpen || last.endsWith('\\'))) {
      steps[steps.length - 1] = `${isOpen ? last : last.slice(0, -1)}${delimiter}${part}`;
    } else {
      steps.push(part);
      isOpen = part.startsWith('[');
    }
    isOpen &&= !part.endsWith(']');
  }
  return steps.map((each) => (/^\[[^=]*\]$/.test(each) ? each.slice(1, -1) : each));
}
