import { startPlayer } from '../../src/tui/start-player.tsx';
import { smallLog } from './small-log.ts';

/** A run that fails in the middle, as one with a bug in it would. */
function* failing() {
  for (const entry of smallLog.slice(0, 4)) yield [entry];
  throw new Error('the simulation is broken');
}

try {
  await startPlayer(failing(), { name: 'small', language: 'en', colours: true });
} catch (error) {
  process.stderr.write(`it failed: ${(error as Error).message}\n`);
  process.exitCode = 70;
}
