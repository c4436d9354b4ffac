import type { Tool } from './tool.ts';

export const trueTool: Tool = { usage: 'true', run: () => 0 };
export const falseTool: Tool = { usage: 'false', run: () => 1 };
