import { array, bool, duration, type Flag, int, list, orBare, refused, text } from '../../flags/flag.ts';

/**
 * What every verb takes (`kubectl options`).
 */
export const GLOBAL_FLAGS: readonly Flag[] = [
  text('n,namespace'),
  text('request-timeout', '0'),
  text('as'),
  array('as-group'),
  int('v,v', '0'),
  text('cache-dir'),
  bool('disable-compression'),
  bool('warnings-as-errors'),
  bool('match-server-version'),
  duration('log-flush-frequency', '5s'),
  bool('insecure-skip-tls-verify'),
  text('certificate-authority'),
  text('client-certificate'),
  text('client-key'),
  text('cluster'),
  text('context'),
  text('kubeconfig'),
  text('password'),
  text('s,server'),
  text('tls-server-name'),
  text('token'),
  text('user'),
  text('username'),
  ...refused(
    text('as-uid'),
    array('as-user-extra'),
    text('kuberc'),
    text('profile'),
    text('profile-output'),
    text('vmodule'),
  ),
];

export const HELP_FLAG: Flag = bool('h,help');

/** Of the verbs that print what became of an object. */
export const PRINT_FLAGS: readonly Flag[] = [
  text('o,output'),
  bool('allow-missing-template-keys', 'true'),
  bool('show-managed-fields'),
  text('template'),
];

export const FILE_FLAGS: readonly Flag[] = [list('f,filename'), bool('R,recursive'), text('k,kustomize')];

export const SELECTOR_FLAG: Flag = text('l,selector');
export const FIELD_SELECTOR_FLAG: Flag = text('field-selector');
export const ALL_NAMESPACES_FLAG: Flag = bool('A,all-namespaces');

/** `--dry-run` alone is the client's, as it used to be. */
export const DRY_RUN_FLAG: Flag = orBare(text('dry-run', 'none'), 'unchanged');

/** Under which name the fields that are changed are remembered; empty: the verb's own. */
export const FIELD_MANAGER_FLAG: Flag = text('field-manager');

export const VALIDATE_FLAG: Flag = orBare(text('validate', 'strict'), 'strict');

export const RECORD_FLAG: Flag = {
  ...bool('record'),
  deprecated: {
    since: 22,
    text: 'Flag --record has been deprecated, --record will be removed in the future',
  },
};

/** Of the imperative `create` verbs. */
export const CREATE_FLAGS: readonly Flag[] = [
  ...PRINT_FLAGS,
  DRY_RUN_FLAG,
  FIELD_MANAGER_FLAG,
  VALIDATE_FLAG,
  bool('save-config'),
];
