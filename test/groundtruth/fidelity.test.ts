import { expect, test } from 'vitest';
import { fidelityPage } from './fidelity-page.ts';

test('docs/fidelity.md tells what the data tells', async () => {
  await expect(fidelityPage()).toMatchFileSnapshot('../../docs/fidelity.md');
});
