/** Variables of a container, or the texts of a ConfigMap, by name. */
export type Environment = Readonly<Record<string, string>>;
