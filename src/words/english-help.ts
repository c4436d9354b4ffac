import { ENGLISH_OPTIONS } from './english-options.ts';
import { ENGLISH_SERVE_HELP } from './english-serve.ts';
import type { HelpWords } from './help-words.ts';

export const ENGLISH_HELP: HelpWords = {
  program: 'Play Kubernetes scenarios: a whole cluster in one process, in virtual time.',
  titles: {
    usage: 'Usage:',
    arguments: 'Arguments:',
    options: 'Options:',
    commands: 'Commands:',
    scenarios: 'Scenarios:',
    travel: 'Time travel, of a log, a scenario, or a recording of a real cluster:',
    logs: 'Logs:',
    examples: 'Examples:',
  },
  seeAll: '(kubereel --help shows all commands)',
  seeCommand: (command) => `(${command} --help shows what it takes)`,
  examples: [
    ['kubereel play liveness-failure', 'step through it: space plays, ? shows all keys'],
    ['kubereel run my-scenario -o run.log', 'run it and keep its log'],
    ['kubereel state run.log --at 1m30s', 'the world as it was then'],
    ['kubereel why run.log pod/web.status.phase', 'cause by cause, back to who began it'],
    ['kubereel fork run.log --at 30s --run "kubectl …"', 'type something else from there on'],
    ['kubereel compare recording/ run.log', 'where a real cluster and a log part'],
  ],
  notes: `Exit codes:
  0  all went well
  1  an expectation of the scenario was not met, or what was compared differs
  2  bad input: the command line, the scenario, a log or a file
kubectl ends as kubectl does. A damaged log is read up to the damage, which is named on standard
error: export then exits with 2.`,
  instants: `An instant is an entry (412), a time (90s, 1m30s, 01:30.250), a step (step:3), a part as it plays
(50%), start, end, first-warning or last-warning, or the name of a checkpoint of the story; with a
time behind it, so much later or earlier (step:3+5s, end-10s, rolled-out+3s).`,
  commands: {
    play: {
      does: 'play a scenario or a log: in a terminal step by step, piped as a transcript',
      examples: [
        ['kubereel play liveness-failure', 'step through it: space plays, ? shows all keys'],
        ['kubereel play liveness-failure | less', 'read it as a transcript'],
        ['kubereel play http-liveness --branch patient', 'a what if that the story tells of'],
      ],
    },
    run: {
      does: 'run a scenario without showing it',
      examples: [
        ['kubereel run liveness-failure', 'what was expected, and was it so?'],
        ['kubereel run my-scenario -o run.log', 'run it and keep its log'],
        ['kubereel run surge-and-unavailable --set surge=50%', 'with a parameter of its own'],
        ['kubereel run surge-and-unavailable --case "surge=1, unavailable=0"', 'one of its cases'],
      ],
    },
    test: {
      does: 'run many scenarios as tests',
      examples: [
        ['kubereel test', 'all below this folder'],
        ['kubereel test shop --tag smoke --seeds 5', 'some of them, each with five seeds'],
        ['kubereel test --ci --shard 1/3 --reporter junit=report.xml', 'one of three machines of a CI'],
        ['kubereel test shop --set image=shop:1.29', 'with another value of a parameter'],
        ['kubereel test --update', 'keep the logs and transcripts as they are now'],
      ],
      notes: `A scenario is a folder with a scenario.yaml, or a file NAME.scenario.yaml. Where the folder of snapshots
has its log and its transcripts, the run must be as they are; --update writes them.
Exit codes: 0 all passed, 1 some did not, 2 something is no scenario or the command line is wrong, 70 a bug.`,
    },
    record: {
      does: 'write a run down as a recording, a page or a picture',
      examples: [
        ['kubereel record rolling-update -o rollout.cast', 'for a player of asciinema'],
        ['kubereel record run.log -o rollout.md --redact', 'a page, with a picture beside it'],
        ['kubereel record rolling-update -o rollout.html', 'a page to scrub through, without any network'],
        ['kubereel record rolling-update -o pods.svg', 'the pods over time'],
        ['kubereel record --all -o walkthroughs', 'all bundled scenarios, to be published'],
        ['kubereel record canary -o requests.png --picture requests', 'what became of requests, as pixels'],
        ['kubereel record run.log -o then.svg --at first-warning', 'the screen of the player at an instant'],
      ],
      notes: `Formats: cast (asciicast 2), cast3 (asciicast 3), html (one page that replays the run), md, svg, png, txt.
The same run gives the same bytes. A PNG is drawn by a Chromium of this machine.`,
    },
    init: {
      does: 'write a first scenario for a folder of manifests, and run it',
      examples: [
        ['kubereel init deploy/', 'roll out, drain each node, kill one, and tell what was lost'],
        ['kubereel init deploy/ --force', 'write it anew'],
      ],
      notes: `It writes scenario.yaml into the folder: manifests come up, are asked all the time, are rolled out again,
each node is drained in turn, and a machine dies. What it says is true of the manifests as they are: change
the scenario to what you expect of them.`,
    },
    list: {
      does: 'list the bundled scenarios',
      examples: [
        ['kubereel list', 'in the order in which they are best played'],
        ['kubereel list --lang ko', 'with their Korean titles'],
        ['kubereel list --curriculum', 'by what there is to learn, with the command lines for it'],
      ],
    },
    learn: {
      does: 'play the bundled scenarios as a course, and see how far you are',
      examples: [
        ['kubereel learn', 'the chapters, and what of them you have played'],
        ['kubereel learn next', 'the first one that you have not played'],
        ['kubereel learn rolling-update', 'this one; played to its end, it is done'],
        ['kubereel learn reset', 'begin anew'],
      ],
      notes: `What you have played is kept on this machine, in the folder for the state of programs
(XDG_STATE_HOME, else ~/.local/state), and is sent nowhere.`,
    },
    log: {
      does: 'print the entries of a log: when, who, what, because of which entry',
      examples: [
        ['kubereel log run.log --kind pod --reason Killing', 'who was killed, and when'],
        ['kubereel log run.log --object deploy/web --field spec.replicas', 'each change of one field'],
      ],
      notes: `What only keeps the components' books is left out, unless --all, --type, --object or --field
asks for it. A word may have * in it for any text; an actor may be named without its instance:
--actor kubelet.`,
    },
    state: {
      does: 'show the world at an instant: in short, as objects, or as kubectl get does',
      examples: [
        ['kubereel state run.log --at 1m30s', 'nodes, pods, workloads, and what is unhealthy'],
        ['kubereel state run.log deploy/web --at step:3 -o yaml', 'one object as it was then'],
      ],
    },
    diff: {
      does: 'show what is otherwise at another instant, or in another log',
      examples: [
        ['kubereel diff run.log --at 30s --and 60s', 'two instants of one log; or run.log@30s run.log@60s'],
        ['kubereel diff run.log branch.log', 'two logs, from where they part'],
      ],
      notes: 'Ends with 0 where nothing is otherwise, with 1 where something is.',
    },
    why: {
      does: 'tell what led to something, cause by cause, back to who began it',
      examples: [
        ['kubereel why run.log pod/web.status.phase', 'why the field is as it is in the end'],
        ['kubereel why run.log 412', 'what led to an entry'],
      ],
    },
    // biome-ignore lint/suspicious/noThenProperty: so the command is called, and nobody awaits the table.
    then: {
      does: 'tell what followed from an entry',
      examples: [
        ['kubereel then run.log 412', 'each a little further in than what it followed from'],
        ['kubereel then run.log step:2 --limit 20', 'the first twenty'],
      ],
    },
    kubectl: {
      does: 'ask kubectl anything that reads, as of an instant',
      examples: [
        ['kubereel kubectl run.log --at 30s -- get pods -o wide', 'as it would have been then'],
        ['kubereel kubectl run.log --at last-warning -- describe pod web', 'at the last warning'],
      ],
      notes: 'Ends as kubectl does. What would write is refused with 2: see kubereel fork.',
    },
    fork: {
      does: 'type something else from an instant on, and see what becomes of it',
      examples: [
        ['kubereel fork run.log --at 30s --run "kubectl delete pod web"', 'and what then differs'],
        ['kubereel fork run.log --at step:3 --run "kubectl apply -f my.yaml" -o branch.log', 'keep it'],
      ],
      notes: `With what is typed the story of the scenario ends, and its world runs on: as long as the original,
and at least a minute, unless --for says how long. Files that are named lie in this folder, or in the
scenario's. Ends with 1 where a line failed.`,
    },
    export: {
      does: 'write a log in another form to standard output',
      examples: [
        ['kubereel export run.log --format watch', 'the objects of the API, change by change'],
        ['kubereel export run.log --format watch | jq .type', 'only what kind of change'],
      ],
    },
    import: {
      does: "make a log of a real cluster's past, or of a dump a scenario",
      examples: [
        ['kubereel import watch.json audit.log -o past.log', 'a log of both, which everything here takes'],
        ['kubereel import dump.yaml -o shop/', 'a scenario that begins with what was dumped'],
      ],
      notes: `A watch is written by kubectl get pods,deployments,events -A --watch --output-watch-events -o json, a dump
by kubectl get all -A -o yaml, an audit by an API server (audit.k8s.io/v1, level RequestResponse).
What can not be read is told by file and line, and left out: import then exits with 2. Causes are known only
as far as owners, managers and Events tell them, and machines are not in it: it is played, and not forked.`,
    },
    metrics: {
      does: 'write the metrics of the cluster over virtual time, as OpenMetrics text with timestamps',
      examples: [
        ['kubereel metrics run.log -o metrics.txt', 'of the whole log, scraped every fifteen seconds'],
        ['kubereel metrics crash-loop --every 5s', 'of a scenario, which is run first'],
      ],
      notes: `The names are those of kube-state-metrics and of kubelets; what a scenario's clients count is kubereel_….
Prometheus takes the file in: promtool tsdb create-blocks-from openmetrics metrics.txt data/`,
    },
    serve: ENGLISH_SERVE_HELP,
    logs: {
      does: 'write what containers logged into files, as their machines have them',
      examples: [
        ['kubereel logs run.log -o machines', 'machines/NODE/var/log/pods/NAMESPACE_POD_UID/CONTAINER/0.log'],
        ['kubereel logs sidecar-logging -o machines', 'of a scenario, which is run first'],
      ],
      notes: `Each line is as container runtimes write it: its time, stdout or stderr, F (whole) or P (a part), and what
was written. Links in var/log/containers lead to the files, as collectors of logs expect it.`,
    },
    compare: {
      does: 'compare a recording of a real cluster, or a log, with a log: where they part, and why',
      examples: [
        ['kubereel compare recording/', 'play what was typed in a recording, and compare'],
        ['kubereel compare recording/ run.log --all', 'all places where they part'],
        ['kubereel compare recording/ -o run.log', 'and write what was played as a log'],
      ],
      notes: `A recording is a folder with trace.ndjson, one watch event a line: {"t_ms": ..., "type": "ADDED",
"object": {...}}; and, where they are there, meta.json, commands.txt and the manifests that were
used. commands.txt has lines such as "[t+1.250] $ kubectl apply -f web.yaml", what was printed, and
"[t+1.401] (exit 0)". A trace that begins late or ends early is compared from there on and until then.

A log may be of a scenario of yours that types the same lines. Names and nodes that are drawn in it
are said alike; in a log that was played from the recording they are its own.

Exit codes:
  0  they agree, or differ only for reasons that are known, which are listed
  1  they part
  2  bad input`,
    },
  },
  arguments: {
    played: 'a bundled name, a folder, a scenario.yaml, or a log',
    lesson: 'next, reset, or the name of a bundled scenario; without it the chapters are listed',
    scenario: 'a bundled name, a folder, or a scenario.yaml',
    manifests: 'a folder of manifests, or of a kustomization',
    scenarios: 'scenarios, folders above them, or patterns (default: all below this folder)',
    log: 'a log file',
    imported: 'what kubectl get --watch, kubectl get -o yaml, and an API server with an audit policy write',
    trace: 'the folder of a recording, its trace.ndjson, or a log',
    otherLog: 'a log; without it, what was typed in the recording is played and compared',
    served: 'a bundled name, a folder, a scenario.yaml, or a log (default: a cluster with nothing in it)',
    travelled: 'a log, the folder of a recording, or a scenario, which is run first',
    resources: 'what kubectl get would be asked for: pods, deploy/web',
    diffFrom: 'a log, a recording or a scenario; with @ and an instant behind it, as of then',
    diffTo: 'the same; another log, or another instant of it',
    subject:
      'an entry (412) or another instant, an object (pod/web), a field (pod/web.status.phase), traffic/CLIENT, or one of its requests (traffic/CLIENT/17)',
    entry: 'an entry (412), or another instant',
    kubectl: 'what is typed behind kubectl',
  },
  options: ENGLISH_OPTIONS,
};
