import { nearMiss } from '../objects/shape/near-miss.ts';
import type { CommandProblem } from './command-line/command-problem.ts';
import { type Files, findFile, isMachine, isUrl, matchFiles } from './files.ts';
import { BUNDLED_URLS } from './web/k8s-examples.ts';

/** Why a path that a command names cannot be read; undefined if it can. */
export function checkFile(
  path: string,
  files: Files,
): Pick<CommandProblem, 'code' | 'message' | 'hint'> | undefined {
  const found = findFile(files, path);
  if (found.type === 'file' || found.type === 'folder') return undefined;
  // What lies on a machine is known when the line is played.
  if (isMachine(files) && /^[/~]/.test(path)) return undefined;
  if (found.type === 'outside') {
    const message = `${path} lies outside of the scenario's folder`;
    return {
      code: 'outsideFolder',
      message,
      hint: 'put the file beside the scenario and name it from there',
    };
  }
  if (matchFiles(files, path).length > 0) return undefined;
  if (isUrl(path)) {
    const message = `there is no bundled copy of ${path}, and nothing is fetched`;
    const near = nearMiss(path, BUNDLED_URLS);
    const hint =
      near === undefined ? 'save it beside the scenario and name the file' : `did you mean ${near}?`;
    return { code: 'missingFile', message, hint };
  }
  const near = nearMiss(path, Object.keys(files));
  const hint = near === undefined ? undefined : `did you mean ${near}?`;
  return {
    code: 'missingFile',
    message: `the file ${path} does not exist`,
    ...(hint === undefined ? {} : { hint }),
  };
}
