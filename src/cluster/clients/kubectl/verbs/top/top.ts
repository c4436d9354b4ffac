import { bool, refused, since, text } from '../../../flags/flag.ts';
import type { Verb } from '../../verb.ts';
import { showNodes } from './top-node.ts';
import { showPods } from './top-pod.ts';

const COMMON = [
  bool('no-headers'),
  text('l,selector'),
  text('sort-by'),
  bool('use-protocol-buffers', 'true'),
  ...since(32, ...refused(bool('show-swap'))),
];

/** What nodes and pods use (kubectl: cmd/top). */
export const top: Verb = {
  name: 'top',
  subverbs: [
    {
      name: 'node',
      aliases: ['nodes', 'no'],
      flags: [...COMMON, bool('show-capacity')],
      run: showNodes,
    },
    {
      name: 'pod',
      aliases: ['pods', 'po'],
      flags: [
        ...COMMON,
        bool('A,all-namespaces'),
        bool('containers'),
        text('field-selector'),
        ...since(24, bool('sum')),
      ],
      run: showPods,
    },
  ],
};
