/**
 * Replaces `$(NAME)` by the value of an environment variable, as Kubernetes does in commands, arguments and
 * the values of later variables (kubernetes: third_party/forked/golang/expansion). What is not known stays as
 * it is written, and
 * `$$` is one dollar, so `$$(NAME)` is `$(NAME)`.
 */
export function expandEnv(text: string, lookup: (name: string) => string | undefined): string {
  return text.replace(/\$(?:\$|\(([^)]*)\))/g, (written, name: string | undefined) => {
    if (name === undefined) return '$';
    return lookup(name) ?? written;
  });
}

/** The same, from a map of variables. */
export function expandEnvFrom(text: string, variables: Readonly<Record<string, string>>): string {
  return expandEnv(text, (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined));
}
