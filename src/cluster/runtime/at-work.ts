import type { Component } from '../contract/component.ts';
import type { RowReader } from '../contract/reader.ts';
import type { ClusterSettings } from '../contract/settings.ts';
import { isAtWork, runsAndLeads } from '../world/control-plane.ts';

/** Whether a component does anything: a part of a program that does not run, or does not lead, does not. */
export function worksIn(
  { program }: Pick<Component, 'program'>,
  rows: RowReader,
  settings: ClusterSettings,
): boolean {
  return program === undefined || isAtWork(rows, program, settings);
}

/** Whether its program runs and leads, answered or not. */
export function isLed(
  { program }: Pick<Component, 'program'>,
  rows: RowReader,
  settings: ClusterSettings,
): boolean {
  return program === undefined || runsAndLeads(rows, program, settings);
}
