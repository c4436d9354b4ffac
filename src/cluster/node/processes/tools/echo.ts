import { echoText } from '../../../tools/echo-text.ts';
import type { Tool } from './tool.ts';

export const echo: Tool = {
  usage: 'echo [-neE] [ARG]...',
  run(io) {
    io.out(echoText(io.args));
    return 0;
  },
};
