import type { Files } from '../clients/files.ts';
import { kubectlClient } from '../clients/kubectl-client.ts';
import type { Component } from '../contract/component.ts';
import { type ClusterSettings, hasAddon } from '../contract/settings.ts';
import { applicationController } from './application-controller.ts';

/** All that read the scenario's folder: whoever types, and a controller whose repository it is. */
export function folderClients(settings: ClusterSettings, files: Files): readonly Component[] {
  const typing = kubectlClient({ files });
  return hasAddon(settings, 'argoCd') ? [typing, applicationController(files)] : [typing];
}
