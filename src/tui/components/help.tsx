import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { BINDINGS } from '../keymap.ts';

/** All keys. */
export function Help({ height }: { readonly height: number }): ReactNode {
  return (
    <Box flexDirection="column" height={height} overflow="hidden">
      <Text bold>Keys</Text>
      {BINDINGS.map(({ keys, does }) => (
        <Text key={keys} wrap="truncate-end">{`  ${keys.padEnd(7)} ${does}`}</Text>
      ))}
      <Text dimColor>any of them closes this page: ? again</Text>
    </Box>
  );
}
