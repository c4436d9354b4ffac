/** What the container that debugs may do. */
export const PROFILES = ['legacy', 'general', 'baseline', 'restricted', 'netadmin', 'sysadmin'] as const;

export type Profile = (typeof PROFILES)[number];

/** What a call asks for besides its flags. */
export interface DebugCall {
  readonly command: readonly string[];
  readonly profile: Profile;
}
