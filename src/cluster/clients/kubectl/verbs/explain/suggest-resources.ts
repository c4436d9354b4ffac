/** What kubectl adds where it is not told which resource is meant. */
export const SUGGEST_RESOURCES = 'Use "kubectl api-resources" for a complete list of supported resources.';
