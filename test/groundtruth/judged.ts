/** The recordings that the simulation is judged by: the lives of pods on a real kubelet. */
export const JUDGED: readonly string[] = [
  'v1.36/b1-liveness-exec',
  'v1.36/b1-liveness-exec-long',
  'v1.36/b2-crashloop',
  'v1.36/b2-crashloop-long',
  'v1.36/b5-termination-solo',
  'v1.36/b6-sidecar-solo',
  'v1.36/b7-endpointslice-terminating',
  'v1.20/b1-liveness-exec',
  'v1.20/b1-liveness-exec-solo',
  'v1.20/b2-crashloop',
  'v1.20/b2-crashloop-solo',
  'v1.20/b5-termination',
  'v1.20/b5-termination-solo',
];
