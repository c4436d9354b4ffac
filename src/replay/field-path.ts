/**
 * The JSON pointer (RFC 6901) of a field as people write it: `spec.replicas`,
 * `status.containerStatuses[0].ready`, `metadata.labels['app.kubernetes.io/name']`, `metadata.labels.a\.b`; a
 * pointer is taken as it is. Undefined for what is none.
 */
export function pointerOf(path: string): string | undefined {
  if (path.startsWith('/')) return /^(?:\/(?:[^~/]|~[01])+)+$/.test(path) ? path : undefined;
  const steps: string[] = [];
  let rest = path.startsWith('.') || path.startsWith('[') ? path : `.${path}`;
  while (rest !== '') {
    const [whole, ...forms] = STEP.exec(rest) ?? [];
    const step = forms.find((form) => form !== undefined);
    if (whole === undefined || step === undefined) return undefined;
    steps.push(step.replace(/\\(.)/g, '$1'));
    rest = rest.slice(whole.length);
  }
  return steps.length === 0 ? undefined : steps.map((step) => `/${escaped(step)}`).join('');
}

/** `.spec`, `[0]`, `['a.b/c']`, `["a.b/c"]`. */
const STEP = /^(?:\.((?:\\.|[^.[\]\\'"])+)|\[(\d+)\]|\['([^']+)'\]|\["([^"]+)"\])/;

function escaped(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** A pointer as people write it: `spec.replicas`. */
export function fieldOf(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step, index) => {
      if (/^\d+$/.test(step)) return `[${step}]`;
      if (/[./]/.test(step)) return `['${step}']`;
      return index === 0 ? step : `.${step}`;
    })
    .join('');
}
