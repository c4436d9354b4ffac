import { compareText } from '../cluster/objects/json.ts';
import type { KubeObject } from '../cluster/objects/kube-object.ts';
import { firstAbove } from '../kernel/table/first-above.ts';
import { subjectOf } from '../replay/subject.ts';
import { objectDiff, previousVersion } from '../report/object-diff.ts';
import { printable } from '../report/printable.ts';
import { yamlLines } from '../report/yaml-lines.ts';
import type { PageWords } from '../words/record-words.ts';
import { button, element, keepInSight } from './element.ts';
import type { Pane } from './pane.ts';
import type { Travel } from './travel.ts';

/**
 * The objects in etcd where the reader stands; one of them as YAML, and what was changed in it last. Until
 * one is chosen it is the one of which the last entry speaks.
 */
export function objectsView(travel: Travel, words: PageWords): Pane {
  const list = element('ul', { class: 'keys', 'aria-label': words.objects });
  const shown = element('div', {
    class: 'object',
    tabindex: '0',
    role: 'group',
    'aria-label': words.objects,
  });
  let chosen: string | undefined;
  let listed = '';
  const draw = (): void => {
    const objects = objectsAt(travel);
    const keys = objects.map(([key]) => key).join('\n');
    if (keys !== listed) {
      listed = keys;
      list.replaceChildren(...objects.map(([key, object]) => itemOf(key, object)));
    }
    const key = chosen ?? spokenOf(travel);
    for (const item of list.children) {
      const isShown = item.getAttribute('data-key') === key;
      item.firstElementChild?.setAttribute('aria-pressed', String(isShown));
      if (isShown && item instanceof HTMLElement) keepInSight(list, item);
    }
    shown.replaceChildren(...objectOf(travel, key, words));
  };
  const itemOf = (key: string, object: KubeObject): HTMLElement => {
    const choose = (): void => {
      chosen = chosen === key ? undefined : key;
      draw();
    };
    const item = element('li', {}, button(nameOf(object), nameOf(object), choose));
    item.setAttribute('data-key', key);
    return item;
  };
  return { pane: element('div', { class: 'objects' }, list, shown), draw };
}

function nameOf({ kind, metadata: { namespace, name } }: KubeObject): string {
  return printable(`${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`);
}

/** The object that an entry shortly before was about. */
function spokenOf({ timeline, moment: { cursor } }: Travel): string | undefined {
  const { notable } = timeline;
  const { objects } = timeline.worldAt(cursor).store.tables;
  const here = firstAbove(notable, cursor);
  for (let index = here - 1; index >= Math.max(0, here - MOST_BACK); index--) {
    const key = subjectOf(timeline, notable[index] ?? 0);
    if (key !== undefined && !HIDDEN.test(key) && objects.read(key, cursor)) return key;
  }
  return undefined;
}

const MOST_BACK = 200;

function objectOf(
  { timeline, moment: { cursor } }: Travel,
  key: string | undefined,
  words: PageWords,
): readonly Node[] {
  const read = (seq: number): KubeObject | undefined =>
    key === undefined ? undefined : timeline.worldAt(seq).store.tables.objects.read(key, seq);
  const object = read(cursor);
  if (key === undefined || !object) return [element('p', {}, words.choose)];
  const before = read(previousVersion(timeline, key, cursor));
  const changes = before ? objectDiff(before, object) : [];
  const lines = changes.map(({ kind, text }) => element('span', { class: kind }, `${printable(text)}\n`));
  const yaml = yamlLines(object).map(({ text }) => `${text}\n`);
  return [
    element('h2', {}, nameOf(object)),
    lines.length > 0 ? element('pre', { class: 'diff' }, ...lines) : element('p', {}, words.nothingChanged),
    element('pre', {}, printable(yaml.join(''))),
  ];
}

/** What nobody looks at is left out: heartbeats, and what every namespace has. */
const HIDDEN = /^\/registry\/(?:leases|events|clusterroles|clusterrolebindings|roles|rolebindings)\//;

function objectsAt({ timeline, moment: { cursor } }: Travel): readonly (readonly [string, KubeObject])[] {
  const { objects } = timeline.worldAt(cursor).store.tables;
  return [...objects.rows(cursor)].filter(([key]) => !HIDDEN.test(key)).sort(([a], [b]) => compareText(a, b));
}
