import { compareText } from '../cluster/objects/json.ts';
import type { KubeObject } from '../cluster/objects/kube-object.ts';
import { objectDiff, previousVersion } from '../report/object-diff.ts';
import { printable } from '../report/printable.ts';
import { yamlLines } from '../report/yaml-lines.ts';
import type { PageWords } from '../words/record-words.ts';
import { element } from './element.ts';
import type { Travel } from './travel.ts';

/** The objects in etcd where the reader stands; the chosen one as YAML, and what was changed in it last. */
export function objectsView(travel: Travel, words: PageWords): HTMLElement {
  const list = element('ul', { class: 'keys', 'aria-label': words.objects });
  const shown = element('div', { class: 'object', tabindex: '0' }, element('p', {}, words.choose));
  let chosen: string | undefined;
  let listed = '';
  const draw = (): void => {
    const objects = objectsAt(travel);
    const keys = objects.map(([key]) => key).join('\n');
    if (keys !== listed) {
      listed = keys;
      list.replaceChildren(...objects.map(([key, object]) => itemOf(key, object)));
    }
    for (const item of list.children)
      item.firstElementChild?.setAttribute('aria-pressed', String(item.getAttribute('data-key') === chosen));
    if (chosen !== undefined) shown.replaceChildren(...objectOf(chosen));
  };
  const itemOf = (key: string, { kind, metadata: { namespace, name: own } }: KubeObject): HTMLElement => {
    const name = `${kind} ${namespace === undefined ? own : `${namespace}/${own}`}`;
    const choose = (): void => {
      chosen = key;
      draw();
    };
    const item = element('li', {}, element('button', { type: 'button', onclick: choose }, printable(name)));
    item.setAttribute('data-key', key);
    return item;
  };
  const objectOf = (key: string): readonly Node[] => {
    const { timeline, moment } = travel;
    const read = (seq: number): KubeObject | undefined =>
      timeline.worldAt(seq).store.tables.objects.read(key, seq);
    const object = read(moment.cursor);
    if (!object) return [element('p', {}, words.choose)];
    const before = read(previousVersion(timeline, key, moment.cursor));
    const changes = before ? objectDiff(before, object) : [];
    const lines = changes.map(({ kind, text }) => element('span', { class: kind }, `${printable(text)}\n`));
    const yaml = yamlLines(object).map(({ text }) => `${text}\n`);
    return [
      lines.length > 0 ? element('pre', { class: 'diff' }, ...lines) : element('p', {}, words.nothingChanged),
      element('pre', {}, printable(yaml.join(''))),
    ];
  };
  travel.watch(draw);
  return element('div', { class: 'objects' }, list, shown);
}

/** What nobody looks at is left out: heartbeats, and what every namespace has. */
const HIDDEN = /^\/registry\/(?:leases|events|clusterroles|clusterrolebindings|roles|rolebindings)\//;

function objectsAt({ timeline, moment: { cursor } }: Travel): readonly (readonly [string, KubeObject])[] {
  const { objects } = timeline.worldAt(cursor).store.tables;
  return [...objects.rows(cursor)].filter(([key]) => !HIDDEN.test(key)).sort(([a], [b]) => compareText(a, b));
}
