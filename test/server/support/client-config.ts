import { KubeConfig } from '@kubernetes/client-node';
import type { TestServer } from './test-server.ts';

/** For the JavaScript library, which wants to be told that no TLS is meant. */
export function clientConfig({ kubeconfig }: TestServer): KubeConfig {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  config.clusters = config.clusters.map((cluster) => ({ ...cluster, skipTLSVerify: true }));
  return config;
}
