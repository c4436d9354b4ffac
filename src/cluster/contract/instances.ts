/** How the instances of a component are named after their nodes, and the way back: `kubelet/node-1`. */
export interface Instances {
  actorOf(node: string): string;
  nodeOf(address: { readonly actor: string }): string;
}

/** The very same text for the same node: what is looked up by it again and again is found faster so. */
export function instancesOf(name: string): Instances {
  const actors = new Map<string, string>();
  const nodes = new Map<string, string>();
  return {
    actorOf: (node) => remembered(actors, node, () => `${name}/${node}`),
    nodeOf: ({ actor }) => remembered(nodes, actor, () => actor.slice(name.length + 1)),
  };
}

function remembered(known: Map<string, string>, key: string, find: () => string): string {
  let found = known.get(key);
  if (found === undefined) {
    found = find();
    known.set(key, found);
  }
  return found;
}
