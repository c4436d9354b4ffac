/**
 * Writes the committed files that know the Kubernetes API, from its own OpenAPI document (prose left out):
 *
 *   npm run generate -- path/to/kubernetes-openapi.json
 *
 * The same document gives the same bytes, so a newer Kubernetes shows as a readable difference.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { emitSchemaTable } from './kubernetes/emit-schema-table.ts';
import { emitTypes } from './kubernetes/emit-types.ts';
import type { OpenApi } from './kubernetes/openapi.ts';

const OBJECTS_FOLDER = 'src/cluster/objects';

function main(path: string | undefined): void {
  if (path === undefined) throw new Error('give the path of kubernetes-openapi.json');
  const openApi = JSON.parse(readFileSync(path, 'utf8')) as OpenApi;
  writeFileSync(`${OBJECTS_FOLDER}/kubernetes.ts`, emitTypes(openApi));
  writeFileSync(`${OBJECTS_FOLDER}/schema-table.ts`, emitSchemaTable(openApi));
}

main(process.argv[2]);
