/** What a command printed, and how it ended. */
export interface Printed {
  readonly line: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/**
 * A transcript: each line after `$ `, what it printed, `! ` before complaints, the exit code if it is not 0.
 */
export function writeTranscript(all: readonly Printed[]): string {
  return all
    .map(({ line, stdout, stderr, exitCode }) => {
      const complaints = stderr.replace(/\n$/, '').replace(/^/gm, '! ');
      const end = exitCode === 0 ? '' : `(exit ${exitCode})\n`;
      return `$ ${line}\n${withEnd(stdout)}${stderr === '' ? '' : withEnd(complaints)}${end}`;
    })
    .join('\n');
}

/** What a transcript tells without its last line end is told with one. */
function withEnd(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** What is of its own in every run: identities, moments, addresses, how long ago. */
export function masked(text: string): string {
  return text
    .replace(/(creationTimestamp|time|Timestamp|restartedAt): "?[\d\-T:Z]+"?/g, '$1: TIME')
    .replace(/^W\d{4} [\d:.]+ +\d+ (\w+\.go):\d+\]/gm, 'W $1]')
    .replace(/kubectl-edit-\d+/g, 'kubectl-edit-N')
    .replace(/uid: \S+/g, 'uid: UID')
    .replace(/resourceVersion: "\d+"/g, 'resourceVersion: "1"')
    .replace(/clusterIP: \d\S+/g, 'clusterIP: IP')
    .replace(/- 10\.\d+\.\d+\.\d+/g, '- IP')
    .replace(/kube-api-access-\w+/g, 'kube-api-access-xxxxx')
    .replace(/(CreationTimestamp: +).*/g, '$1TIME')
    .replace(/\/(LIVE|MERGED)-\d+/g, '/$1-N')
    .replace(/\t\d{4}-\d\d-\d\d [\d:.]+ \+0000$/gm, '\tTIME')
    .replace(/ +\d+s *$/gm, ' AGE')
    .replace(/ \d+s +(?=\S)/g, ' AGE ');
}

/** The lines of a list of commands: one a line, `#` before remarks. */
export function readLines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

/** What a transcript tells of each of its lines; it has to tell of them in order. */
export function partTranscript(transcript: string, lines: readonly string[]): readonly string[] {
  let rest = transcript;
  return lines.map((line, index) => {
    const next = lines[index + 1];
    const end = next === undefined ? rest.length : rest.indexOf(`\n$ ${next}\n`, line.length) + 1;
    const part = rest.slice(0, end);
    rest = rest.slice(end);
    return part.replace(/\n\n$/, '\n');
  });
}
