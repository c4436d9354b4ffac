import type { Json } from '../../../../objects/json.ts';
import type { TokenRequest } from '../../../../objects/kubernetes.ts';
import { array, duration, refused, text } from '../../../flags/flag.ts';
import { fail, failUsage } from '../../failure.ts';
import { PRINT_FLAGS } from '../../flags/common-flags.ts';
import { ask, DONE, type Invocation, type Steps } from '../../invocation.ts';
import { readOutputFormat } from '../../output/output-format.ts';
import type { Verb } from '../../verb.ts';

const SECOND = 1000;

/** `kubectl create token`: the token of a service account, which nobody keeps (kubectl: create_token.go). */
export const createToken: Verb = {
  name: 'token',
  flags: [
    ...PRINT_FLAGS,
    array('audience'),
    duration('duration'),
    ...refused(text('bound-object-kind'), text('bound-object-name'), text('bound-object-uid')),
  ],
  run: requestToken,
};

function* requestToken(invocation: Invocation): Steps {
  const { args, flags, namespace, path, out } = invocation;
  if (args.length !== 1) failUsage(path, `exactly one NAME is required, got ${args.length}`);
  const [name = ''] = args;
  const lifeMs = flags.text('duration') === '' ? 0 : flags.duration('duration');
  if (lifeMs < 0) fail('--duration must be greater than or equal to 0');
  if (lifeMs % SECOND !== 0) fail('--duration cannot be expressed in units less than seconds');
  const audiences = [...flags.list('audience')];
  if (audiences.includes('')) fail('--audience must not be an empty string');
  const object: TokenRequest = {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    metadata: {},
    spec: { audiences, ...(lifeMs > 0 && { expirationSeconds: lifeMs / SECOND }) },
  };
  const where = { resource: 'serviceaccounts', subresource: 'token', namespace, name };
  const response = yield* ask(invocation, { verb: 'create', ...where, object });
  if (!response.ok) return fail(`failed to create token: ${response.status.message}`);
  const answer = response.object as TokenRequest;
  const format = readOutputFormat(invocation);
  if (format.type === 'object') out(format.print(answer as unknown as Json));
  else if (format.type === 'name') out(`tokenrequest.authentication.k8s.io/${name}\n`);
  else out(`${answer.status?.token ?? ''}\n`);
  return DONE;
}
