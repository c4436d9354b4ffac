import type { Container, PodSpec } from '../../../../objects/kubernetes.ts';

/** Changes the containers that a pattern selects, `*` standing for any text; `found` counts them. */
export function changeContainers(
  spec: PodSpec,
  pattern: string,
  change: (container: Container) => Container,
): { readonly spec: PodSpec; readonly found: number } {
  const matcher = new RegExp(`^${pattern.split('*').map(literal).join('.*')}$`, 's');
  let found = 0;
  const changed = (containers: readonly Container[]): Container[] =>
    containers.map((container) => {
      if (!matcher.test(container.name)) return container;
      found += 1;
      return change(container);
    });
  const containers = changed(spec.containers);
  const initContainers =
    spec.initContainers === undefined ? {} : { initContainers: changed(spec.initContainers) };
  return { spec: { ...spec, containers, ...initContainers }, found };
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
