/** A metric of an autoscaler, or its reading, as autoscaling/v2 has it. */
export interface Metric {
  readonly type?: string;
  readonly resource?: Source;
  readonly containerResource?: Source;
  readonly pods?: Source;
  readonly object?: Source;
  readonly external?: Source;
}

interface Source {
  readonly name?: string;
  readonly container?: string;
  readonly metric?: { readonly name?: string; readonly selector?: object };
  readonly describedObject?: object;
  readonly target?: Target;
  readonly current?: Target;
}

interface Target {
  readonly type?: string;
  readonly averageUtilization?: number;
  readonly averageValue?: string;
  readonly value?: string;
}

type Kind = 'resource' | 'containerResource' | 'pods' | 'object' | 'external';
type Fields = Readonly<Record<string, unknown>>;

const KINDS: readonly Kind[] = ['resource', 'containerResource', 'pods', 'object', 'external'];

/** What is wanted, as autoscaling/v1 writes it into an annotation (api/autoscaling/v1: MetricSpec). */
export function formerMetric(metric: Metric): Fields {
  return converted(metric, ({ target = {} }, kind) =>
    given({
      targetAverageUtilization: kind === 'object' ? undefined : target.averageUtilization,
      [kind === 'object' ? 'averageValue' : 'targetAverageValue']: target.averageValue,
      // Of an object's metric it must be there.
      targetValue: kind === 'object' ? (target.value ?? '0') : target.value,
    }),
  );
}

/** What was read, in the same way. */
export function formerReading(metric: Metric): Fields {
  return converted(metric, ({ current = {} }, kind) =>
    given({
      currentAverageUtilization: kind === 'object' ? undefined : current.averageUtilization,
      [kind === 'object' ? 'averageValue' : 'currentAverageValue']: current.averageValue,
      currentValue: kind === 'object' || kind === 'external' ? (current.value ?? '0') : current.value,
    }),
  );
}

function converted(metric: Metric, figures: (source: Source, kind: Kind) => Fields): Fields {
  const result: Record<string, unknown> = { type: metric.type };
  for (const kind of KINDS) {
    const source = metric[kind];
    if (!source) continue;
    const { name, container, metric: named, describedObject } = source;
    result[kind] = {
      ...given({ target: describedObject, name, metricName: named?.name }),
      ...given({ [kind === 'external' ? 'metricSelector' : 'selector']: named?.selector, container }),
      ...figures(source, kind),
    };
  }
  return result;
}

/** And back. */
export function metricOfFormer(former: Fields): Metric {
  const result: Record<string, unknown> = { type: former['type'] };
  for (const kind of KINDS) {
    const source = former[kind] as Fields | undefined;
    if (!source) continue;
    const { name, container, metricName, selector, metricSelector, target: describedObject } = source;
    const metric = given({ name: metricName, selector: selector ?? metricSelector });
    result[kind] = {
      ...given({ name, container, describedObject }),
      ...(metricName !== undefined && { metric }),
      target: targetOf(source, kind),
    };
  }
  return result as Metric;
}

function targetOf(source: Fields, kind: Kind): Fields {
  const averageUtilization = source['targetAverageUtilization'];
  const averageValue = source[kind === 'object' ? 'averageValue' : 'targetAverageValue'];
  const isValue = averageUtilization === undefined && averageValue === undefined;
  const type = averageUtilization !== undefined ? 'Utilization' : isValue ? 'Value' : 'AverageValue';
  return {
    type,
    ...given({ averageUtilization, averageValue, value: isValue ? source['targetValue'] : undefined }),
  };
}

function given(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
