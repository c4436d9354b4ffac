import { formatRfc3339 } from '../../../../kernel/time/rfc3339.ts';
import type { CertificateSigningRequest } from '../../../objects/kubernetes.ts';
import { bool } from '../../flags/flag.ts';
import { type Failure, fail } from '../failure.ts';
import { FILE_FLAGS, PRINT_FLAGS } from '../flags/common-flags.ts';
import { ask, DONE, demand, type Invocation, type Steps } from '../invocation.ts';
import { reportObject } from '../output/report-object.ts';
import type { Info } from '../resources/info.ts';
import { selectObjects } from '../resources/select-objects.ts';
import type { Verb } from '../verb.ts';
import { visitEach } from '../visit.ts';

const RESOURCE = 'certificatesigningrequests.certificates.k8s.io';

/** What a decision is called, in the object and by kubectl. */
interface Verdict {
  readonly verb: string;
  readonly type: 'Approved' | 'Denied';
  readonly contrary: 'Approved' | 'Denied';
  readonly done: string;
}

/** `kubectl certificate approve` and `deny` (kubectl: cmd/certificates). */
export const certificate: Verb = {
  name: 'certificate',
  subverbs: [
    decide({ verb: 'approve', type: 'Approved', contrary: 'Denied', done: 'approved' }),
    decide({ verb: 'deny', type: 'Denied', contrary: 'Approved', done: 'denied' }),
  ],
};

function decide(verdict: Verdict): Verb {
  return {
    name: verdict.verb,
    flags: [...PRINT_FLAGS, ...FILE_FLAGS, bool('force')],
    *run(invocation) {
      const { args, flags } = invocation;
      if (args.length === 0 && flags.list('filename').length === 0 && flags.text('kustomize') === '')
        fail('one or more CSRs must be specified as <name> or -f <filename>');
      const words = args.length === 0 ? [] : ['certificatesigningrequests', ...args];
      const { visited } = yield* selectObjects(invocation, { args: words });
      let found = 0;
      yield* visitEach(visited, function* decideCounted(info) {
        const failure = yield* decideOne(invocation, info, verdict);
        if (failure === undefined) found += 1;
        return failure;
      });
      if (found === 0) invocation.out('No resources found\n');
      return DONE;
    },
  };
}

function* decideOne(
  invocation: Invocation,
  { name }: Info,
  { type, contrary, done, verb }: Verdict,
): Steps<Failure | undefined> {
  const { object } = yield* demand(invocation, { verb: 'get', resource: RESOURCE, name });
  const request = object as CertificateSigningRequest;
  const conditions = request.status?.conditions ?? [];
  if (conditions.some((condition) => condition.type === contrary))
    return { message: `certificate signing request "${name}" is already ${contrary}` };
  const isDecided = conditions.some((condition) => condition.type === type);
  if (!isDecided || invocation.flags.bool('force')) {
    const decision = {
      type,
      status: 'True',
      reason: `Kubectl${type === 'Approved' ? 'Approve' : 'Deny'}`,
      message: `This CSR was ${done} by kubectl certificate ${verb}.`,
      lastUpdateTime: formatRfc3339(invocation.epochNow),
    };
    const changed: CertificateSigningRequest = {
      ...request,
      status: { ...request.status, conditions: isDecided ? conditions : [...conditions, decision] },
    };
    const where = { verb: 'update', resource: RESOURCE, subresource: 'approval', name } as const;
    const response = yield* ask(invocation, { ...where, object: changed, strict: true });
    if (!response.ok) return { status: response.status };
  }
  reportObject(invocation, { name, object: request, operation: done });
  return undefined;
}
