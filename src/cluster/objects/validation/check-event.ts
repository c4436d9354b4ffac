import type { CoreEvent } from '../kubernetes.ts';
import { type FieldErrors, invalid, invalidFor, required } from './field-error.ts';
import { dnsSubdomainProblems, qualifiedNameProblems } from './name-syntax.ts';

const SHORT_MAX = 128;
const MESSAGE_MAX = 1024;

/**
 * A Kubernetes Event, new or counted up; there are no further rules for its change (validation/events.go).
 */
export function checkCoreEvent(event: CoreEvent): FieldErrors {
  const namespace = event.metadata.namespace ?? '';
  return [
    ...(event.eventTime ? checkTimedEvent(event) : checkOldEvent(event)),
    ...invalidFor('namespace', namespace, dnsSubdomainProblems(namespace)),
  ];
}

/** An Event lies in the namespace of its object; one about a cluster-wide object lies in `default`. */
function checkOldEvent({ metadata, involvedObject }: CoreEvent): FieldErrors {
  const of = involvedObject.namespace ?? '';
  const namespace = metadata.namespace ?? '';
  const isRight = of === '' ? namespace === '' || namespace === 'default' : namespace === of;
  return isRight ? [] : [invalid('involvedObject.namespace', of, 'does not match event.namespace')];
}

function checkTimedEvent(event: CoreEvent): FieldErrors {
  const {
    metadata,
    involvedObject,
    reportingComponent = '',
    reportingInstance = '',
    action = '',
    reason = '',
  } = event;
  const isClusterWide = ['default', 'kube-system'].includes(metadata.namespace ?? '');
  const of = involvedObject.namespace ?? '';
  return [
    ...(of === '' && !isClusterWide
      ? [invalid('involvedObject.namespace', of, 'does not match event.namespace')]
      : []),
    ...(reportingComponent === '' ? [required('reportingComponent')] : []),
    ...invalidFor('reportingComponent', reportingComponent, qualifiedNameProblems(reportingComponent)),
    ...checkText('reportingInstance', reportingInstance),
    ...checkText('action', action),
    ...checkText('reason', reason),
    ...checkLength('message', event.message ?? '', MESSAGE_MAX),
  ];
}

function checkText(field: string, text: string): FieldErrors {
  return text === '' ? [required(field)] : checkLength(field, text, SHORT_MAX);
}

function checkLength(field: string, text: string, max: number): FieldErrors {
  return text.length > max ? [invalid(field, '', `can have at most ${max} characters`)] : [];
}
