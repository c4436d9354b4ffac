/** Writes the JSON Schema of scenarios for editors: `docs/scenario.schema.json`. */
import { writeFileSync } from 'node:fs';
import { scenarioJsonSchema } from '../src/scenario/language/schema/scenario-schema.ts';

const file = new URL('../docs/scenario.schema.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(scenarioJsonSchema(), undefined, 2)}\n`);
