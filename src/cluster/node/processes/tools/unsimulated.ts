import { notice } from '../machine/machine.ts';
import type { Tool } from './tool.ts';

/** Stands for a tool that the image has and that is not simulated. */
export const unsimulated: Tool = {
  usage: '',
  run(io) {
    io.complain('this command is not simulated');
    notice(io.machine, `the command ${io.name} is not simulated`);
    return 1;
  },
};
