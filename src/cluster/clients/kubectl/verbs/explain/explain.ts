import { quoteGo } from '../../../../objects/go-json.ts';
import { typeOfKind } from '../../../../objects/schema/find-field.ts';
import { type Resource, resourceOf, splitApiVersion } from '../../../../objects/schema/resources.ts';
import { bool, since, text } from '../../../flags/flag.ts';
import type { Outcome } from '../../../program.ts';
import { fail, KubectlExit } from '../../failure.ts';
import { DONE, type Invocation } from '../../invocation.ts';
import { JsonpathError } from '../../print/jsonpath/jsonpath-node.ts';
import { parseJsonpath } from '../../print/jsonpath/parse-jsonpath.ts';
import { versionedName } from '../../resources/info.ts';
import type { Verb } from '../../verb.ts';
import { explainCustom } from './explain-custom.ts';
import { explainModel } from './explain-model.ts';
import { explainSchema } from './explain-schema.ts';
import { SUGGEST_RESOURCES } from './suggest-resources.ts';

/** From here on it reads OpenAPI v3, and lays its answers out differently. */
const READS_V3_SINCE = 27;

/** What a kind's objects hold. The fields and their types are known, the prose about them is not. */
export const explain: Verb = {
  name: 'explain',
  flags: [bool('R,recursive'), text('api-version'), ...since(READS_V3_SINCE, text('o,output', 'plaintext'))],
  run: explainFields,
};

function explainFields(invocation: Invocation): Outcome {
  const { args, flags, version, out } = invocation;
  const [word, second] = args;
  if (word === undefined)
    throw new KubectlExit(`error: You must specify the type of resource to explain. ${SUGGEST_RESOURCES}\n`);
  if (second !== undefined) throw new KubectlExit('error: We accept only this format: explain RESOURCE\n');
  const readsV3 = version.minor >= READS_V3_SINCE;
  const { resource, path } = readTarget(word, invocation);
  const output = readsV3 ? flags.text('output') : 'plaintext-openapiv2';
  const meant = inApiVersion(resource, invocation, output);
  if (meant.custom !== undefined) {
    const schema = meant.custom.version.schema?.openAPIV3Schema ?? {};
    explainCustom({ resource: meant, schema, path, isRecursive: flags.bool('recursive') }, out);
    return DONE;
  }
  const type = typeOfKind(meant.apiVersion, meant.kind);
  if (type === undefined) return fail(`couldn't find resource for ${quoteGo(describe(meant))}`);
  const target = { resource: meant, type, path, isRecursive: flags.bool('recursive') };
  if (output === 'plaintext-openapiv2') out(explainModel(target));
  else if (output === 'plaintext') explainSchema(target, version, out);
  else fail(`unrecognized format: ${output}`);
  return DONE;
}

interface Target {
  readonly resource: Resource;
  readonly path: readonly string[];
}

/** `deployments.apps.spec` may name the group of a resource before the fields (kubectl: explain.go). */
function readTarget(word: string, { flags, resources }: Invocation): Target {
  const isVersionGiven = flags.isSet('api-version');
  const [name = '', ...path] = fieldsOf(word, isVersionGiven);
  const resource = resourceOf(name, resources);
  if (resource === undefined)
    throw new KubectlExit(`the server doesn't have a resource type ${quoteGo(name)}`);
  if (isVersionGiven) return { resource, path };
  const named = resources.find((each) => each.plural === resource.plural && word.startsWith(each.name));
  if (named === undefined) return { resource, path };
  return { resource: named, path: fieldsOf(`x${word.slice(named.name.length)}`, false).slice(1) };
}

function fieldsOf(word: string, isVersionGiven: boolean): readonly string[] {
  const nodes = readPath(word.replace(/\.$/, ''));
  return nodes.map((node, index) => {
    if (node.type === 'field') return node.name;
    return fail(
      index === 0 || !isVersionGiven
        ? 'invalid jsonpath syntax, first node must be field node'
        : 'invalid jsonpath syntax, all nodes must be field nodes',
    );
  });
}

function readPath(word: string) {
  try {
    const [list] = parseJsonpath(`{.${word}}`);
    return list?.type === 'list' ? list.nodes : [];
  } catch (thrown) {
    if (thrown instanceof JsonpathError) return fail(thrown.message);
    throw thrown;
  }
}

/** The resource in the version that is asked for. */
function inApiVersion(resource: Resource, { flags, resources }: Invocation, output: string): Resource {
  const apiVersion = flags.text('api-version');
  if (apiVersion === '') return resource;
  if (apiVersion.split('/').length > 2) fail(`unexpected GroupVersion string: ${apiVersion}`);
  const { group, version } = splitApiVersion(apiVersion);
  const asked = { ...resource, apiVersion, group, version };
  const found = resources.find((each) => each.apiVersion === apiVersion && each.plural === resource.plural);
  if (found !== undefined) return found;
  if (output === 'plaintext-openapiv2') return asked;
  const groupVersion = resources.some((each) => each.apiVersion === apiVersion);
  return groupVersion
    ? fail(`GVR (${versionedName(asked)}) not found in OpenAPI schema`)
    : fail(`couldn't find resource for ${quoteGo(versionedName(asked))}`);
}

/** `apps/v1, Kind=Deployment`, as Go prints it. */
function describe({ group, version, kind }: Resource): string {
  return `${group}/${version}, Kind=${kind}`;
}
