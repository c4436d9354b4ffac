/** In which form an answer is wanted. */
export interface MediaType {
  readonly format: 'json' | 'yaml';
  /** As a table, or as metadata alone (apimachinery: meta/v1 Table, PartialObjectMetadata). */
  readonly as?: 'Table' | 'PartialObjectMetadata' | 'PartialObjectMetadataList' | 'APIGroupDiscoveryList';
  /** Version of what it is shown as. */
  readonly version?: string;
}

interface Range {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly quality: number;
}

const JSON_TYPES = ['application/json', 'application/*', '*/*', '*'];
const YAML_TYPES = ['application/yaml', 'application/x-yaml'];

export interface Offered {
  /** Objects can be shown as tables and as metadata; other documents cannot. */
  readonly isObject: boolean;
  readonly isDiscovery?: boolean;
}

/**
 * The first form of those accepted that is offered; undefined for none. Whatever is said in protobuf is not
 * offered, as by a server without it: clients name JSON behind it.
 */
export function negotiate(accept: string, offered: Offered): MediaType | undefined {
  if (accept.trim() === '') return { format: 'json' };
  for (const range of rangesOf(accept)) {
    const format = formatOf(range.type);
    if (format === undefined) continue;
    const as = range.parameters.get('as');
    if (as === undefined) return { format };
    const version = range.parameters.get('v') ?? '';
    const group = range.parameters.get('g') ?? '';
    if (isOffered({ as, version, group }, offered))
      return { format, as: as as NonNullable<MediaType['as']>, version };
  }
  return undefined;
}

interface Shown {
  readonly as: string;
  readonly version: string;
  readonly group: string;
}

function isOffered({ as, version, group }: Shown, { isObject, isDiscovery = false }: Offered): boolean {
  if (as === 'APIGroupDiscoveryList')
    return isDiscovery && group === 'apidiscovery.k8s.io' && ['v2', 'v2beta1'].includes(version);
  const isMeta = group === 'meta.k8s.io' && ['v1', 'v1beta1'].includes(version);
  return isObject && isMeta && ['Table', 'PartialObjectMetadata', 'PartialObjectMetadataList'].includes(as);
}

function formatOf(type: string): MediaType['format'] | undefined {
  if (JSON_TYPES.includes(type)) return 'json';
  return YAML_TYPES.includes(type) ? 'yaml' : undefined;
}

/** The best first; of equally good ones in the order in which they stand. */
function rangesOf(accept: string): readonly Range[] {
  const ranges = accept.split(',').map((text): Range => {
    const [type = '', ...words] = text.split(';').map((word) => word.trim());
    const parameters = new Map<string, string>();
    for (const word of words) {
      const [name = '', value = ''] = word.split(/=(.*)/s);
      parameters.set(name.trim().toLowerCase(), value.trim().replace(/^"|"$/g, ''));
    }
    const quality = Number(parameters.get('q') ?? '1');
    return { type: type.toLowerCase(), parameters, quality: Number.isFinite(quality) ? quality : 0 };
  });
  return ranges.filter(({ quality }) => quality > 0).sort((a, b) => b.quality - a.quality);
}

/** The type of a body, without its parameters, in small letters. */
export function typeOfBody(header: string): string {
  const [type = ''] = header.split(';');
  return type.trim().toLowerCase();
}
