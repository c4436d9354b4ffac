import { encodeBase64 } from '../../../../objects/base64.ts';
import { encodeGoJson, quoteGo } from '../../../../objects/go-json.ts';
import type { ConfigMap, Secret } from '../../../../objects/kubernetes.ts';
import { findFile } from '../../../files.ts';
import { bool, refused, text } from '../../../flags/flag.ts';
import { fail } from '../../failure.ts';
import type { Invocation } from '../../invocation.ts';
import type { Verb } from '../../verb.ts';
import { imperative } from './imperative.ts';
import { KEY_VALUE_FLAGS, readKeyValues } from './key-values.ts';
import { namespacedMeta } from './typed-object.ts';

export const createConfigMap = imperative({
  name: 'configmap',
  aliases: ['cm'],
  flags: [...KEY_VALUE_FLAGS, bool('append-hash')],
  failure: { since: 21, text: 'failed to create configmap: ' },
  make(invocation, name) {
    const data = readKeyValues(invocation, {
      badKey: (key, problem) => `${quoteGo(key)} is not a valid key name for a ConfigMap: ${problem}`,
      repeatedKey: (key) =>
        `cannot add key ${quoteGo(key)}, another key by that name already exists in Data for ConfigMap ${quoteGo(name)}`,
      folderOfEnv: 'env config file cannot be a directory',
    });
    const configMap: ConfigMap = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: namespacedMeta(invocation, { name }),
      ...(Object.keys(data).length === 0 ? {} : { data }),
    };
    return configMap;
  },
});

const FAILED = { since: 21, text: 'failed to create secret ' };

const createGenericSecret = imperative({
  name: 'generic',
  flags: [...KEY_VALUE_FLAGS, text('type'), bool('append-hash')],
  failure: FAILED,
  make(invocation, name) {
    const data = readKeyValues(invocation, {
      badKey: (key, problem) => `${quoteGo(key)} is not valid key name for a Secret ${problem}`,
      repeatedKey: (key) => `cannot add key ${key}, another key by that name already exists`,
      folderOfEnv: 'env secret file cannot be a directory',
    });
    return secretOf(invocation, { name, data, type: invocation.flags.text('type') });
  },
});

const createTlsSecret = imperative({
  name: 'tls',
  flags: [text('cert'), text('key'), bool('append-hash')],
  failure: FAILED,
  make(invocation, name) {
    const [cert, key] = [invocation.flags.text('cert'), invocation.flags.text('key')];
    if (cert === '' || key === '') fail('key and cert must be specified');
    const data = { 'tls.crt': readText(cert, invocation), 'tls.key': readText(key, invocation) };
    return secretOf(invocation, { name, data, type: 'kubernetes.io/tls' });
  },
});

function readText(path: string, { files }: Invocation): string {
  const found = findFile(files, path);
  return found.type === 'file' ? found.text : fail(`open ${path}: no such file or directory`);
}

const createRegistrySecret = imperative({
  name: 'docker-registry',
  flags: [
    text('docker-server', 'https://index.docker.io/v1/'),
    text('docker-username'),
    text('docker-password'),
    text('docker-email'),
    bool('append-hash'),
    ...refused(text('from-file')),
  ],
  failure: FAILED,
  make(invocation, name) {
    const [username, password, email] = ['docker-username', 'docker-password', 'docker-email'].map((flag) =>
      invocation.flags.text(flag),
    );
    if (username === '' || password === '') {
      fail(
        'either --from-file or the combination of --docker-username, --docker-password and --docker-server is required',
      );
    }
    const entry = {
      username,
      password,
      ...(email === '' ? {} : { email }),
      auth: encodeBase64(`${username}:${password}`),
    };
    // Its keys keep the order of kubectl's own type, which encodeGoJson would sort away.
    const config = `{"auths":{${encodeGoJson(invocation.flags.text('docker-server'))}:${JSON.stringify(entry)}}}`;
    return secretOf(invocation, {
      name,
      data: { '.dockerconfigjson': config },
      type: 'kubernetes.io/dockerconfigjson',
    });
  },
});

export const createSecret: Verb = {
  name: 'secret',
  subverbs: [createGenericSecret, createTlsSecret, createRegistrySecret],
};

interface SecretParts {
  readonly name: string;
  readonly data: Readonly<Record<string, string>>;
  readonly type: string;
}

function secretOf(invocation: Invocation, { name, data, type }: SecretParts): Secret {
  const encoded = Object.fromEntries(Object.entries(data).map(([key, value]) => [key, encodeBase64(value)]));
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: namespacedMeta(invocation, { name }),
    ...(type === '' ? {} : { type }),
    ...(Object.keys(encoded).length === 0 ? {} : { data: encoded }),
  };
}
