const SPANS = 'd|w|day|hour|minute|second|week';

/**
 * Formats of texts that the API server knows, and looks at (apiextensions: validation/formats.go,
 * kube-openapi: strfmt). Others say nothing.
 */
const FORMATS: Readonly<Record<string, RegExp>> = {
  'date-time':
    /^\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])[Tt ]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]\d{2}:?\d{2})?$/,
  date: /^\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])$/,
  duration: new RegExp(`^([+-]?(\\d+(\\.\\d*)?|\\.\\d+)(ns|us|µs|ms|s|m|h))+$|^0$|^\\d+ ?(${SPANS})s?$`),
  email: /^[^\s@<>]+@[^\s@<>]+$/,
  hostname: /^[a-zA-Z0-9_]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9_])?(\.[a-zA-Z0-9_][a-zA-Z0-9_-]{0,62})*\.?$/,
  ipv4: /^((25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(25[0-5]|2[0-4]\d|1?\d?\d)$/,
  ipv6: /^(?=.*:)[0-9a-fA-F:.]{2,45}$/,
  cidr: /^[0-9a-fA-F:.]+\/\d{1,3}$/,
  mac: /^([0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}$/,
  uri: /^([a-zA-Z][a-zA-Z0-9+.-]*:.+|\/.*)$/,
  uuid: /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i,
  byte: /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
};

/** Whether a text is not what its format says; undefined where it is, or nobody looks. */
export function formatProblem(format: string, text: string): string | undefined {
  const expression = FORMATS[format];
  return expression === undefined || expression.test(text) ? undefined : format;
}
