import { expect, test, vi } from 'vitest';
import { showPlayer } from '../support/show-player.tsx';
import { smallLog } from '../support/small-log.ts';

test('the player tells once when its reader has come to the end', async () => {
  const onEnd = vi.fn();
  const { press, close } = await showPlayer(smallLog, { size: { columns: 100, rows: 30 }, onEnd });
  await press(']');
  expect(onEnd).not.toHaveBeenCalled();
  await press('G', 'g', '?');
  expect(onEnd).toHaveBeenCalledTimes(1);
  close();
});
