import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { PRODUCT_VERSION } from './version.ts';

const SCHEMA = 'dist/scenario.schema.json';

/**
 * The line by which editors find the schema of scenarios: in the package where it is installed above the
 * folder, else where packages are served.
 */
export function schemaLine(folder: string): string {
  const installed = packageAbove(resolve(folder));
  const address =
    installed === undefined
      ? `https://unpkg.com/kubereel@${PRODUCT_VERSION}/${SCHEMA}`
      : relative(resolve(folder), join(installed, SCHEMA)).replaceAll('\\', '/');
  return `# yaml-language-server: $schema=${address}`;
}

function packageAbove(folder: string): string | undefined {
  const here = join(folder, 'node_modules/kubereel');
  if (existsSync(join(here, SCHEMA))) return here;
  const above = dirname(folder);
  return above === folder ? undefined : packageAbove(above);
}
