import { evaluateTest } from '../shell/builtins/test-expression.ts';
import type { Tool } from './tool.ts';

export const test: Tool = {
  usage: 'test EXPRESSION',
  run(io) {
    const isBracket = io.name === '[';
    if (isBracket && io.args.at(-1) !== ']') {
      io.complain('missing ]');
      return 2;
    }
    const value = evaluateTest(io.machine, io.task, isBracket ? io.args.slice(0, -1) : io.args);
    if (typeof value === 'boolean') return value ? 0 : 1;
    io.complain(value);
    return 2;
  },
};
