import { useStdout } from 'ink';
import { useEffect, useState } from 'react';
import { type Size, sizeOf } from './size.ts';

/** The terminal's size, followed live. */
export function useSize(): Size {
  const { stdout } = useStdout();
  const [size, setSize] = useState<Size>(() => sizeOf(stdout));
  useEffect(() => {
    const follow = (): void => setSize(sizeOf(stdout));
    stdout.on('resize', follow);
    return () => {
      stdout.off('resize', follow);
    };
  }, [stdout]);
  return size;
}
