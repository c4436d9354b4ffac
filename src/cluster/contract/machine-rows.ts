/** The tables of what is true on the machines. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the node's own tables.
export interface MachineRows {}
