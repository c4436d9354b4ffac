import { atOnce } from '../at-once.ts';
import type { Program } from '../program.ts';

/** Editors, which want a person before a screen. */
export const EDITORS: readonly Program[] = ['vi', 'vim', 'nano'].map((name) => ({
  type: 'program',
  name,
  check([word]) {
    const { offset, length } = word ?? { offset: 0, length: name.length };
    const hint = "change the file in a line: sed -i 's#old#new#' FILE, or cat > FILE <<EOF";
    return {
      code: 'notSimulated',
      message: `${name} is not simulated: there is no screen to edit on`,
      hint,
      offset,
      length,
    };
  },
  run: atOnce(({ write }) => {
    write('stderr', `${name} is not simulated: there is no screen to edit on\n`);
    return { exitCode: 1 };
  }),
}));
