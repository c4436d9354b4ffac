import type { Component } from '../contract/component.ts';
import { containers } from './containers/containers.ts';
import { programs } from './control-plane/programs.ts';
import { kubelet } from './kubelet.ts';

/** All that lives on the machines. */
export const machineComponents: readonly Component[] = [kubelet, containers, programs];
