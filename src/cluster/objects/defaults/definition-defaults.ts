import type { CustomResourceDefinition, WebhookClientConfig } from '../kubernetes.ts';

/** apiextensions/v1/defaults.go. */
export function setDefinitionDefaults({ spec }: CustomResourceDefinition): void {
  if (spec === undefined) return;
  const { names } = spec;
  if (names?.kind) {
    names.singular ||= names.kind.toLowerCase();
    names.listKind ||= `${names.kind}List`;
  }
  spec.conversion ??= { strategy: 'None' };
  setServiceDefaults(spec.conversion.webhook?.clientConfig);
}

function setServiceDefaults(config: WebhookClientConfig | undefined): void {
  if (config?.service) config.service.port ??= 443;
}
