/** What happened on the machines. */
export type MachineEvent = never;
