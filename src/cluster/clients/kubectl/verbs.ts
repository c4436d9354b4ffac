import { bool } from '../flags/flag.ts';
import { fail } from './failure.ts';
import { printOptions } from './help/print-help.ts';
import { DONE } from './invocation.ts';
import type { Verb } from './verb.ts';
import { annotate } from './verbs/annotate.ts';
import { apply } from './verbs/apply.ts';
import { attach } from './verbs/attach.ts';
import { auth } from './verbs/auth/auth.ts';
import { autoscale } from './verbs/autoscale.ts';
import { certificate } from './verbs/certificate.ts';
import { apiResources, apiVersions, clusterInfo, version } from './verbs/cluster-verbs.ts';
import { config } from './verbs/config/config.ts';
import { cordon, uncordon } from './verbs/cordon.ts';
import { cp } from './verbs/cp.ts';
import { create } from './verbs/create/create.ts';
import { debug } from './verbs/debug/debug.ts';
import { deleteVerb } from './verbs/delete.ts';
import { describe } from './verbs/describe.ts';
import { diff } from './verbs/diff.ts';
import { drain } from './verbs/drain/drain.ts';
import { edit } from './verbs/edit.ts';
import { events } from './verbs/events.ts';
import { exec } from './verbs/exec.ts';
import { explain } from './verbs/explain/explain.ts';
import { expose } from './verbs/expose.ts';
import { get } from './verbs/get.ts';
import { kustomize } from './verbs/kustomize.ts';
import { label } from './verbs/label.ts';
import { logs } from './verbs/logs.ts';
import { patch } from './verbs/patch.ts';
import { portForward } from './verbs/port-forward.ts';
import { proxy } from './verbs/proxy.ts';
import { replace } from './verbs/replace.ts';
import { rollout } from './verbs/rollout/rollout.ts';
import { run } from './verbs/run/run.ts';
import { scale } from './verbs/scale.ts';
import { set } from './verbs/set/set.ts';
import { taint } from './verbs/taint.ts';
import { top } from './verbs/top/top.ts';
import { wait } from './verbs/wait.ts';

/** A verb that kubectl has, and that is not simulated. */
function notYet(name: string, instead = ''): Verb {
  return { name, instead };
}

/** Everything that kubectl can be told to do, in the order of its own help. */
export const VERBS: readonly Verb[] = [
  create,
  expose,
  run,
  set,
  explain,
  get,
  edit,
  deleteVerb,
  rollout,
  scale,
  autoscale,
  certificate,
  clusterInfo,
  top,
  cordon,
  uncordon,
  drain,
  taint,
  describe,
  logs,
  attach,
  exec,
  portForward,
  proxy,
  cp,
  auth,
  debug,
  events,
  diff,
  apply,
  patch,
  replace,
  wait,
  kustomize,
  label,
  annotate,
  notYet('completion'),
  notYet('alpha'),
  apiResources,
  apiVersions,
  config,
  notYet('kuberc'),
  {
    name: 'plugin',
    subverbs: [
      {
        name: 'list',
        flags: [bool('name-only')],
        run: () => fail('unable to find any kubectl plugins in your PATH'),
      },
    ],
  },
  version,
  {
    name: 'options',
    run: ({ out }) => {
      out(printOptions());
      return DONE;
    },
  },
];
