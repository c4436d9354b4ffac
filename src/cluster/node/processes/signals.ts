/** The signals of Linux by number, as `kill -l` lists them. */
export const SIGNALS = [
  'HUP',
  'INT',
  'QUIT',
  'ILL',
  'TRAP',
  'ABRT',
  'BUS',
  'FPE',
  'KILL',
  'USR1',
  'SEGV',
  'USR2',
  'PIPE',
  'ALRM',
  'TERM',
  'STKFLT',
  'CHLD',
  'CONT',
  'STOP',
  'TSTP',
  'TTIN',
  'TTOU',
  'URG',
  'XCPU',
  'XFSZ',
  'VTALRM',
  'PROF',
  'WINCH',
  'POLL',
  'PWR',
  'SYS',
] as const;

export type SignalName = (typeof SIGNALS)[number];

export const signalNumber = (signal: SignalName): number => SIGNALS.indexOf(signal) + 1;

/** `15`, `TERM`, `term` and `SIGTERM` are one signal. */
export function signalOf(text: string): SignalName | undefined {
  if (/^\d+$/.test(text)) return SIGNALS[Number(text) - 1];
  const name = text.toUpperCase().replace(/^SIG/, '');
  return SIGNALS.find((signal) => signal === name);
}

/** What happens on a signal for which nothing was arranged. */
export function defaultAction(signal: SignalName): 'die' | 'ignore' | 'stop' | 'continue' {
  if (signal === 'CHLD' || signal === 'URG' || signal === 'WINCH') return 'ignore';
  if (signal === 'STOP' || signal === 'TSTP' || signal === 'TTIN' || signal === 'TTOU') return 'stop';
  return signal === 'CONT' ? 'continue' : 'die';
}

/** What a shell prints when a foreground child dies of a signal (`strsignal`); nothing for INT and PIPE. */
export const SIGNAL_TEXTS: Readonly<Partial<Record<SignalName, string>>> = {
  HUP: 'Hangup',
  QUIT: 'Quit',
  ILL: 'Illegal instruction',
  TRAP: 'Trace/breakpoint trap',
  ABRT: 'Aborted',
  BUS: 'Bus error',
  FPE: 'Floating point exception',
  KILL: 'Killed',
  USR1: 'User defined signal 1',
  SEGV: 'Segmentation fault',
  USR2: 'User defined signal 2',
  ALRM: 'Alarm clock',
  TERM: 'Terminated',
  STKFLT: 'Stack fault',
  XCPU: 'CPU time limit exceeded',
  XFSZ: 'File size limit exceeded',
  VTALRM: 'Virtual timer expired',
  PROF: 'Profiling timer expired',
  POLL: 'I/O possible',
  PWR: 'Power failure',
  SYS: 'Bad system call',
};
