import type { Since } from '../../objects/versions.ts';

/**
 * What kubelets of different versions say of the same things. Recorded in 1.20 and 1.36; between: Kubernetes'
 * history.
 */

export const createdMessage: Since<(container: string) => string> = [
  [20, (container) => `Created container ${container}`],
  [32, (container) => `Created container: ${container}`],
  [35, () => 'Container created'],
];

export const startedMessage: Since<(container: string) => string> = [
  [20, (container) => `Started container ${container}`],
  [35, () => 'Container started'],
];

export const ALREADY_BACK_OFF: Since<(container: string, pod: string) => string> = [
  [20, () => 'Back-off restarting failed container'],
  [27, (container, pod) => `Back-off restarting failed container ${container} in pod ${pod}`],
];

export const presentMessage: Since<(image: string) => string> = [
  [20, (image) => `Container image "${image}" already present on machine`],
  [35, (image) => `Container image "${image}" already present on machine and can be accessed by the pod`],
];

interface Pull {
  readonly image: string;
  /** As Go prints it. */
  readonly took: string;
  /** With the time that it waited for other pulls. */
  readonly tookInAll: string;
  readonly sizeBytes: number;
}

export const pulledMessage: Since<(pull: Pull) => string> = [
  [20, ({ image, took }) => `Successfully pulled image "${image}" in ${took}`],
  [
    28,
    ({ image, took, tookInAll }) =>
      `Successfully pulled image "${image}" in ${took} (${tookInAll} including waiting)`,
  ],
  [
    30,
    ({ image, took, tookInAll, sizeBytes }) =>
      `Successfully pulled image "${image}" in ${took} (${tookInAll} including waiting). Image size: ${sizeBytes} bytes.`,
  ],
];

/** What the API shows of a pull that is backed off from; since 1.31 with the error that began it. */
export const backOffMessage: Since<(image: string, error: string) => string> = [
  [20, (image) => `Back-off pulling image "${image}"`],
  [31, (image, error) => `Back-off pulling image "${image}": ErrImagePull: ${error}`],
];
