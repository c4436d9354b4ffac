import { drawWhole } from '../../../kernel/chance/draw.ts';
import { HOUR, type Millis } from '../../../kernel/time/millis.ts';
import { parseRfc3339 } from '../../../kernel/time/rfc3339.ts';
import type { Component, View } from '../../contract/component.ts';
import { decodeBase64 } from '../../objects/base64.ts';
import type { CertificateSigningRequest } from '../../objects/kubernetes.ts';
import { readCertificate } from '../../objects/pki/certificate.ts';
import { storageKey } from '../../objects/storage-key.ts';

const ACTOR = 'certificate-cleaner';
const RESOURCE = 'certificatesigningrequests.certificates.k8s.io';

/** How often it looks, and for how long requests are kept (certificates/cleaner/cleaner.go). */
const POLL_MS = HOUR;
const DECIDED_MS = HOUR;
const PENDING_MS = 24 * HOUR;

/** Deletes requests for certificates that have been decided for an hour, or have waited for a day. */
export const certificateCleaner: Component = {
  name: ACTOR,
  watches: [RESOURCE],
  *deliveriesOf({ key }) {
    yield { actor: ACTOR, key };
  },
  *addresses({ objects }) {
    for (const { metadata } of objects.list<CertificateSigningRequest>(RESOURCE))
      yield { actor: ACTOR, key: storageKey({ resource: RESOURCE, name: metadata.name ?? '' }) };
  },
  wake(view, { key }, from) {
    const at = deletedAt(view, key);
    if (at === undefined || at < from) return undefined;
    return { at, cause: view.objects.changedAt(key) ?? null };
  },
  *reconcile(view, { key }, now) {
    const at = deletedAt(view, key);
    const request = view.objects.byKey<CertificateSigningRequest>(key);
    if (!request || at === undefined || at > now) return;
    yield { verb: 'delete', resource: RESOURCE, name: request.metadata.name ?? '' };
  },
};

/** The first of its looks at which the request is old enough. */
function deletedAt(view: View, key: string): Millis | undefined {
  const request = view.objects.byKey<CertificateSigningRequest>(key);
  const since = request && pastDeadline(request);
  if (since === undefined) return undefined;
  const phase = drawWhole(view.chance, 0, POLL_MS - 1, 'certificate cleaner');
  const due = since - view.settings.epochMs + 1;
  return phase + Math.ceil((due - phase) / POLL_MS) * POLL_MS;
}

/** From when on it may go, in milliseconds since 1970. */
function pastDeadline({ metadata, status }: CertificateSigningRequest): Millis | undefined {
  const { conditions = [], certificate = '' } = status ?? {};
  const created = parseRfc3339(metadata.creationTimestamp ?? '');
  if (conditions.length === 0) return created === undefined ? undefined : created + PENDING_MS;
  const times = conditions.flatMap(({ type, lastUpdateTime }): readonly Millis[] => {
    const updated = parseRfc3339(lastUpdateTime ?? '');
    if (updated === undefined) return [];
    const isUnissued = type === 'Approved' && certificate === '';
    return [updated + (isUnissued ? PENDING_MS : DECIDED_MS)];
  });
  const issued = readCertificate(decodeBase64(certificate) ?? '');
  const earliest = Math.min(...times, issued?.notAfter ?? Number.POSITIVE_INFINITY);
  return Number.isFinite(earliest) ? earliest : undefined;
}
