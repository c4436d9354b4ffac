import type { ClusterSettings } from '../../contract/settings.ts';
import type { TrafficRow } from '../../contract/traffic-rows.ts';

/** A client when it sends a request. */
export interface Sending {
  readonly row: TrafficRow;
  readonly settings: ClusterSettings;
  /** Connections that are open then. */
  readonly kept: TrafficRow['kept'];
}
