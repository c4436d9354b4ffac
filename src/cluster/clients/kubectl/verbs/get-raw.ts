import { fail, failWith } from '../failure.ts';
import { DONE, type Invocation, type Steps } from '../invocation.ts';
import { answerPath, documentText } from '../raw/answer-path.ts';

/** `kubectl get --raw /api/v1/nodes`: what the API server sends, as it is (kubectl: rawhttp). */
export function* getRaw(invocation: Invocation): Steps {
  const { args, flags, view, out } = invocation;
  const path = flags.text('raw');
  if (args.length > 0) fail('arguments may not be passed when --raw is specified');
  if (flags.bool('watch') || flags.bool('watch-only'))
    fail('--raw may not be specified with flags that filter the server request or alter the output');
  if (flags.text('selector') !== '')
    fail('--raw may not be specified with flags that filter the server request or alter the output');
  if (flags.text('output') !== '') fail('--raw and --output are mutually exclusive');
  if (!path.startsWith('/')) fail(`--raw must be a valid URL path: parse "${path}": invalid URI for request`);
  const answer = yield* answerPath(view, path);
  if ('refused' in answer) failWith([{ status: answer.refused }]);
  if ('notSimulated' in answer) fail(`${answer.notSimulated} is not simulated`);
  if ('text' in answer) out(answer.text);
  if ('document' in answer) out(documentText(answer.document, false));
  return DONE;
}
