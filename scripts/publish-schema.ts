/** Writes what is made from the schema of scenarios: that for editors, and a page that explains each key. */
import { writeFileSync } from 'node:fs';
import { gapsIn, publishedSchema, readReference, referencePage } from './language/reference.ts';

const root = new URL('../', import.meta.url);
const reference = readReference(root);
const docs = new URL('docs/', root);
writeFileSync(
  new URL('scenario.schema.json', docs),
  `${JSON.stringify(publishedSchema(reference), undefined, 2)}\n`,
);
writeFileSync(new URL('scenario-language.md', docs), referencePage(reference));
for (const gap of gapsIn(reference)) process.stderr.write(`${gap}\n`);
