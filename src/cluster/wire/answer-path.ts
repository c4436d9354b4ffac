import { accountSecret, ISSUER } from '../objects/pki/account-token.ts';
import { keyOf } from '../objects/pki/json-web-token.ts';
import { versionInfo } from '../objects/version-info.ts';
import {
  aggregatedDiscovery,
  coreVersions,
  groupDocument,
  groupsDocument,
  resourcesDocument,
} from './discovery-documents.ts';
import { answerHealth } from './health.ts';
import type { MediaType } from './media-types.ts';
import type { QueryValues } from './query-values.ts';
import { textAnswer, type WireAnswer } from './wire-answer.ts';
import type { WireServer } from './wire-server.ts';

/** What there is at a path that is not about objects: a document, or an answer that is none. */
export type AtPath = { readonly document: object } | { readonly answer: WireAnswer };

/** Discovery, the version, and how the server is. Undefined for a path where nothing is. */
export function answerPath(
  server: WireServer,
  parts: readonly string[],
  { media, query }: { readonly media: MediaType; readonly query: QueryValues },
): AtPath | undefined {
  const { served } = server;
  const [first = '', group = '', version = ''] = parts;
  if (parts.length === 0) return { document: { paths: pathsOf(server) } };
  if (first === 'healthz' || first === 'livez' || first === 'readyz') {
    const answer = answerHealth(server, parts, query);
    return answer && { answer };
  }
  if (first === 'version' && parts.length === 1)
    return { document: versionInfo(server.version, server.settings.epochMs) };
  if (first === 'openid' || first === '.well-known') return ofIssuer(server, parts);
  if (first !== 'api' && first !== 'apis') return undefined;
  const isCore = first === 'api';
  if (parts.length === 1) {
    if (media.as === 'APIGroupDiscoveryList')
      return { document: aggregatedDiscovery(served, { isCore, version: media.version ?? 'v2' }) };
    return { document: isCore ? coreVersions() : groupsDocument(served) };
  }
  return found(isCore ? ofCore(parts, server) : ofGroup(parts, { group, version }, server));
}

/** What others need to know of who issues tokens of accounts (pkg/routes/openidmetadata.go). */
function ofIssuer({ settings }: WireServer, parts: readonly string[]): AtPath | undefined {
  const path = parts.filter((part) => part !== '').join('/');
  if (path === 'openid/v1/jwks') {
    const answer = textAnswer(200, JSON.stringify({ keys: [keyOf(accountSecret(settings))] }));
    return { answer: { ...answer, headers: { 'content-type': 'application/jwk-set+json' } } };
  }
  if (path !== '.well-known/openid-configuration') return undefined;
  return {
    document: {
      issuer: ISSUER,
      jwks_uri: `${ISSUER}/openid/v1/jwks`,
      response_types_supported: ['id_token'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    },
  };
}

function found(document: object | undefined): AtPath | undefined {
  return document && { document };
}

function ofCore([, version = '', ...more]: readonly string[], { served }: WireServer): object | undefined {
  return more.length === 0 && version === 'v1' ? resourcesDocument(version, served) : undefined;
}

function ofGroup(
  { length }: readonly string[],
  { group, version }: { readonly group: string; readonly version: string },
  { served }: WireServer,
): object | undefined {
  if (length === 2) return groupDocument(group, served);
  return length === 3 ? resourcesDocument(`${group}/${version}`, served) : undefined;
}

/** `/`: all that can be asked for. */
function pathsOf({ served }: WireServer): readonly string[] {
  const versions = [...new Set(served.map(({ apiVersion }) => apiVersion))];
  const groups = [...new Set(served.map(({ group }) => group))].filter((group) => group !== '');
  const apis = versions.map((apiVersion) => (apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`));
  const others = ['/healthz', '/livez', '/metrics', '/openapi/v2', '/openapi/v3', '/readyz', '/version'];
  return ['/api', '/apis', ...groups.map((group) => `/apis/${group}`), ...apis, ...others].sort((a, b) =>
    a < b ? -1 : 1,
  );
}
