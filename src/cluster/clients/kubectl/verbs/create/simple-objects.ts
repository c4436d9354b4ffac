import type { KubeObject } from '../../../../objects/kube-object.ts';
import type { Namespace, PriorityClass, ServiceAccount } from '../../../../objects/kubernetes.ts';
import { bool, int, text } from '../../../flags/flag.ts';
import { imperative } from './imperative.ts';
import { namespacedMeta, typedMeta } from './typed-object.ts';

export const createNamespace = imperative({
  name: 'namespace',
  aliases: ['ns'],
  make(invocation, name) {
    const metadata = typedMeta(invocation, { name });
    return { apiVersion: 'v1', kind: 'Namespace', metadata, spec: {}, status: {} } satisfies Namespace;
  },
});

export const createServiceAccount = imperative({
  name: 'serviceaccount',
  aliases: ['sa'],
  failure: { since: 21, text: 'failed to create serviceaccount: ' },
  make(invocation, name) {
    const metadata = namespacedMeta(invocation, { name });
    return { apiVersion: 'v1', kind: 'ServiceAccount', metadata } satisfies ServiceAccount;
  },
});

export const createPriorityClass = imperative({
  name: 'priorityclass',
  aliases: ['pc'],
  flags: [
    int('value', '0'),
    bool('global-default'),
    text('description'),
    text('preemption-policy', 'PreemptLowerPriority'),
  ],
  failure: { since: 21, text: 'failed to create priorityclass: ' },
  make(invocation, name): KubeObject {
    const { flags } = invocation;
    const description = flags.text('description');
    const priorityClass: PriorityClass = {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: typedMeta(invocation, { name }),
      value: flags.int('value'),
      preemptionPolicy: flags.text('preemption-policy'),
      ...(flags.bool('global-default') ? { globalDefault: true } : {}),
      ...(description === '' ? {} : { description }),
    };
    return priorityClass;
  },
});
