import type { CommandWords } from './help-words.ts';
import type { ServeWords } from './serve-words.ts';

export const ENGLISH_SERVE: ServeWords = {
  serving: (what, version, url) => `${what} (Kubernetes ${version}) is served at ${url}`,
  kubeconfig: (path) => `export KUBECONFIG=${path}`,
  ends: 'Ctrl-C ends it.',
  ended: 'It is served no more.',
  portTaken: (address, port) =>
    `port ${port} at ${address} is taken: choose another with --port, or --port 0 for any that is free`,
  noAddress: (address) => `this machine has no address ${address}: 127.0.0.1 is for this machine alone`,
  userForm: (text) => `"${text}" is no user: write NAME=TOKEN, or NAME=TOKEN:GROUP,GROUP`,
  portForm: (text) => `"${text}" is no port: it is a number from 0 to 65535`,
  versionForm: (text) => `"${text}" is no version of Kubernetes: write 1.36`,
  clockForm: (text) => `"${text}" is no clock: real, real=10, idle or manual`,
  recorded: 'what was recorded of a real cluster can not be served: nobody simulates what comes next',
  noScenario: 'the scenario of this log is not at hand, so it can not go on',
  noScreen: '--play needs a terminal: leave it out, and open the log with kubereel play afterwards (-o LOG)',
  kubeconfigIsThere: (path) =>
    `${path} is there already, and kubereel serve has not written it: name another file with --kubeconfig`,
  notAlone: (address) =>
    `warning: ${address} can be reached from other machines: whoever has the kubeconfig may do everything`,
};

export const ENGLISH_SERVE_HELP: CommandWords = {
  does: 'serve the API of a simulated cluster to real clients: kubectl, client libraries, k9s',
  examples: [
    ['kubereel serve', 'a cluster with nothing in it, at https://127.0.0.1:6443'],
    ['kubereel serve crash-loop --from start --clock real=10', 'a story, ten times as fast as the wall'],
    ['kubereel serve run.log --at first-warning', 'a moment of the past, which can be read'],
    ['kubereel serve --play', 'with the player beside it, which moves the clock'],
    ['KUBECONFIG=./kubeconfig kubectl get pods', 'in another terminal'],
  ],
  notes: `The kubeconfig holds a token and an authority that were made for this run. Who shows no token is
refused; other users may do what RBAC in the cluster lets them. docs/serving.md tells what is answered.`,
};
