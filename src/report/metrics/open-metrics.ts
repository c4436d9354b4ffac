import { compareText } from '../../cluster/objects/json.ts';
import { FAMILIES } from './families.ts';

export type MetricLabels = Readonly<Record<string, string | undefined>>;

/** What is measured at one instant. The family is without `_total`. */
export interface Sample {
  readonly family: string;
  readonly labels: MetricLabels;
  readonly value: number;
}

/** Samples of one instant after another, until they are written. */
export interface MetricsText {
  /** Takes what is measured so many milliseconds after 1970; later than what came before. */
  take(samples: Iterable<Sample>, epochMs: number): void;
  /** OpenMetrics 1.0: the samples of a series together, those of a family too, and `# EOF`. */
  pieces(): Iterable<string>;
}

export function createMetricsText(): MetricsText {
  const families = new Map<string, Map<string, string[]>>();
  return {
    take(samples, epochMs) {
      const at = epochMs / 1000;
      for (const { family, labels, value } of samples) {
        let series = families.get(family);
        if (!series) {
          series = new Map();
          families.set(family, series);
        }
        const name = labelText(labels);
        const points = series.get(name);
        if (points) points.push(`${valueText(value)} ${at}`);
        else series.set(name, [`${valueText(value)} ${at}`]);
      }
    },
    *pieces() {
      for (const [family, series] of [...families].sort(([a], [b]) => compareText(a, b))) {
        yield familyText(family, series);
      }
      yield '# EOF\n';
    },
  };
}

function familyText(family: string, series: ReadonlyMap<string, readonly string[]>): string {
  const [type, help] = FAMILIES[family] ?? ['gauge', ''];
  const name = type === 'counter' ? `${family}_total` : family;
  const lines = [...series]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([labels, points]) => points.map((point) => `${name}${labels} ${point}\n`));
  return [`# TYPE ${family} ${type}\n`, `# HELP ${family} ${escaped(help)}\n`, ...lines].join('');
}

function labelText(labels: MetricLabels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value ?? '')}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function valueText(value: number): string {
  return Number.isFinite(value) ? String(value) : 'NaN';
}
