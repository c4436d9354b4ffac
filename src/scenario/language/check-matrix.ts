import { nearMiss } from '../../cluster/objects/shape/near-miss.ts';
import { axesOf, casesOf, excludesOf } from './expand/matrix.ts';
import type { Report } from './report.ts';
import type { MatrixDocument } from './schema/parameter-schema.ts';

/** Reports what is wrong with a matrix though its shape is right. */
export function checkMatrix(matrix: MatrixDocument, report: Report): void {
  const axes = axesOf(matrix);
  const names = axes.map(([name]) => name);
  for (const [name, values] of axes) {
    for (const [index, value] of values.entries()) {
      if (values.indexOf(value) === index) continue;
      report('duplicate-key', ['matrix', name, index], {
        message: `${JSON.stringify(value)} is there twice`,
      });
    }
  }
  for (const [index, excluded] of excludesOf(matrix).entries()) {
    const path = ['matrix', 'exclude', index];
    const unknown = Object.keys(excluded).filter((name) => !names.includes(name));
    for (const name of unknown) {
      const near = nearMiss(name, names);
      const hint = near === undefined ? `there are ${names.join(', ')}` : `did you mean "${near}"?`;
      report('unknown-parameter', [...path, name], {
        message: `the matrix has no "${name}"`,
        hint,
        aim: 'key',
      });
    }
    if (unknown.length > 0) continue;
    const isThere = Object.entries(excluded).every(([name, value]) =>
      axes.some(([own, values]) => own === name && values.some((each) => each === value)),
    );
    if (isThere) continue;
    report('matches-nothing', path, { message: 'the matrix has no such case', hint: 'take it away' });
  }
  if (casesOf({ matrix }).length > 0) return;
  report('matches-nothing', ['matrix'], { message: 'no case is left', hint: 'exclude fewer', aim: 'key' });
}
