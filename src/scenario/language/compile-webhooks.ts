import type { WebhookAnswer } from '../../cluster/contract/webhook-answer.ts';
import type { WebhooksDocument } from './schema/webhook-schema.ts';

type AnswerDocument = WebhooksDocument[string][number];

export function compileWebhooks(
  webhooks: WebhooksDocument,
): Readonly<Record<string, readonly WebhookAnswer[]>> {
  return Object.fromEntries(
    Object.entries(webhooks).map(([name, answers]) => [name, answers.map(compileAnswer)]),
  );
}

function compileAnswer(document: AnswerDocument): WebhookAnswer {
  const { when } = document;
  return { ...(when !== undefined && { when }), does: whatItDoes(document) };
}

function whatItDoes({
  deny,
  code = 403,
  patch,
  fail,
  timeout,
  warnings,
}: AnswerDocument): WebhookAnswer['does'] {
  if (deny !== undefined) return { type: 'deny', message: deny, code };
  if (patch !== undefined) return { type: 'patch', patch };
  if (fail !== undefined) return { type: 'fail', message: fail };
  if (timeout) return { type: 'timeout' };
  return { type: 'allow', ...(warnings && { warnings }) };
}
