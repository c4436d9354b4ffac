import { expect, test } from 'vitest';
import { typeLines } from '../type-lines.ts';

const BUDGET = `kind: PodDisruptionBudget
metadata: {name: b}
spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
`;

test.each([
  ['1.36', 'policy/v1', true],
  ['1.36', 'policy/v1beta1', false],
  ['1.24', 'policy/v1beta1', true],
  ['1.20', 'policy/v1beta1', true],
  ['1.20', 'policy/v1', false],
])('in %s a budget of %s is known: %s', (release, apiVersion, isKnown) => {
  const minor = Number(release.split('.')[1]);
  const line = `kubectl create -f - <<'END'\napiVersion: ${apiVersion}\n${BUDGET}END`;
  const [row] = typeLines([[1000, line]], { minor }).commands;
  const missing =
    'error: resource mapping not found for name: "b" namespace: "" from "STDIN": ' +
    `no matches for kind "PodDisruptionBudget" in version "${apiVersion}"\nensure CRDs are installed first\n`;
  expect(row).toMatchObject({ exitCode: isKnown ? 0 : 1 });
  if (!isKnown) expect(row?.stderr).toBe(missing);
});
