/**
 * What an entry of a log says to a reader, in one language. Names, conditions, fields and messages are
 * Kubernetes' own, and stand as they are.
 */
export interface EntryWords {
  readonly objects: ObjectWords;
  readonly changes: ChangeWords;
  readonly story: StoryWords;
  readonly traffic: TrafficWords;
  readonly machines: MachineWords;
  readonly etcd: EtcdWords;
  readonly scheduling: SchedulingWords;
  readonly pods: PodWords;
  readonly containers: ContainerWords;
  readonly requests: RequestWords;
  readonly books: BookWords;
}

export interface ObjectWords {
  created(name: string): string;
  changed(key: string): string;
  removed(name: string): string;
  refused(verb: string, what: string, message: string): string;
  cluster(nodes: number, minor: number): string;
  saved(name: string): string;
  restored(revision: number, otherwise: number): string;
  /** `node` is absent for a program of the control plane. */
  listsAnew(program: string, node: string | undefined, what: string): string;
  readonly allWatched: string;
  readonly event: string;
  readonly warning: string;
}

export interface ChangeWords {
  /** `held` is what keeps it, `grace` the seconds that it has. */
  toBeDeleted(of: { readonly held: readonly string[]; readonly grace: number | undefined }): string;
  readonly mayBeRemoved: string;
  hasGrace(seconds: number): string;
  boundTo(node: string): string;
  readonly ready: string;
  readonly restarts: string;
  restartCount(count: number): string;
  readonly new: string;
  readonly gone: string;
  readonly removed: string;
  was(what: string): string;
  without(path: string): string;
  readonly none: string;
  readonly writtenAnew: string;
  ago(span: string): string;
  readonly now: string;
}

export interface StoryWords {
  scenarioBegins(name: string): string;
  step(number: number, text: string): string;
  printedLine(line: string): string;
  printedLines(count: number): string;
  commandGoesOn(command: string): string;
  commandEnded(command: string, code: number): string;
  captured(name: string, value: string): string;
  watched(what: string): string;
  faultLasts(until: string): string;
  faultEnded(what: string): string;
  holds(what: string): string;
  holdsNoMore(what: string): string;
  /** Something came in from outside. */
  asked(client: string, what: string): string;
  checkpoint(name: string): string;
  branch(name: string): string;
  readonly yours: string;
  readonly passed: string;
  readonly failed: string;
}

export interface TrafficWords {
  readonly traffic: string;
  begins(client: string, rate: number, what: string): string;
  stops(client: string): string;
  goesTo(first: string, others: number): string;
  readonly silent: string;
}

export interface MachineWords {
  installed(node: string, ip: string, podCidr: string): string;
  podRange(node: string, range: string): string;
  kubelet(node: string, does: 'goesOn' | 'starts' | 'stands' | 'stops' | 'certified' | 'caughtUp'): string;
  service(service: string, node: string, isStarted: boolean): string;
  packages(list: string, node: string): string;
  memoryShort(node: string, isShort: boolean): string;
  diskShort(node: string, isShort: boolean): string;
  imageRemoved(node: string, image: string): string;
  cordoned(node: string, isCordoned: boolean): string;
  lostPower(node: string): string;
  givenBack(node: string): string;
  boots(node: string): string;
  /** `pods`: each with what it uses, `web-1 250m 12Mi`. */
  measured(pods: readonly string[], others: number): string;
  measuredGone(pods: string): string;
  /** `parties` are empty where all are meant. */
  networkCut(node: string, parties: readonly string[]): string;
  networkMended(node: string, parties: readonly string[]): string;
  readonly controlPlane: string;
  /** `answers`: undefined where it is only slow. */
  registryFails(registry: string, answers: string | undefined): string;
  registryMended(registry: string): string;
  clockSet(node: string, ahead: string): string;
  /** `path`: `pods/app=web to node-1`; of both ways `pods/app=web and node-1`. */
  pathHarmed(path: string, harm: 'cut' | 'lossy' | 'slow', much: string): string;
  /** `path` is empty where all are meant. */
  pathMended(path: string): string;
  /** `much`: by how much, or how many of its requests, and how they are refused. */
  hindered(program: string, of: 'work' | 'watches' | 'requests', much: string): string;
  relieved(program: string, of: 'work' | 'watches' | 'requests'): string;
  pulling(image: string): string;
  pulled(image: string, node: string): string;
  notPulled(image: string, error: string): string;
  routes(node: string, rules: string): string;
  routesNoMore(port: string): string;
  routesTo(port: string, endpoints: number): string;
  /** `said` are the endpoints that came and went. */
  routesChanged(port: string, said: string): string;
  routesOtherwise(port: string): string;
  enforces(node: string, policy: string): string;
  seesLabels(node: string, pod: string): string;
  enforcesNoMore(node: string, policy: string): string;
  /** `node` is empty for what runs on none of the cluster's machines. */
  program(program: string, node: string, does: 'runs' | 'stops' | 'leads'): string;
}

export interface EtcdWords {
  formed(members: number): string;
  starts(node: string, path: string): string;
  stopped(node: string): string;
  leads(name: string, term: number): string;
  readonly noLeader: string;
  members(names: string): string;
  put(key: string): string;
  deleted(key: string): string;
  written(what: string, revision: number): string;
  compacted(revision: number): string;
  readonly defragmented: string;
  readonly full: string;
  readonly writesAgain: string;
  leaseKept(lease: string, seconds: number): string;
  leaseEnded(lease: string): string;
}

export interface SchedulingWords {
  nextSearch(node: number): string;
  waits(pod: string, plugins: string): string;
  readonly nobody: string;
  triedAgain(pod: string, at: string): string;
  waitsNoMore(pod: string): string;
}

export interface PodWords {
  readonly admitted: string;
  readonly workMoved: string;
  readonly wantsLook: string;
  readonly statusSet: string;
  readonly statusSent: string;
  readonly forgotten: string;
  condemned(reason: string, message: string): string;
  readonly sandboxUp: string;
  readonly sandboxDown: string;
  readonly sandboxRemoved: string;
  probe(kind: string, container: string): string;
  probeDoes(probe: string, does: 'begins' | 'succeeds' | 'fails' | 'stops'): string;
  probeCounts(probe: string, result: string): string;
}

export interface ContainerWords {
  name(container: string): string;
  created(container: string): string;
  started(container: string, restart: number): string;
  notStarted(container: string, end: string): string;
  signal(signal: string, container: string): string;
  memoryExhausted(container: string): string;
  execStarted(line: string): string;
  /** `text` is empty where its input ends. */
  execInput(line: string, text: string): string;
  processOver(container: string): string;
  processWaits(container: string, until: string | undefined): string;
  ended(container: string, end: string): string;
  cleanedUp(container: string): string;
  logs(container: string, text: string): string;
  runs(container: string, line: string): string;
  goesOn(what: string, until: string | undefined): string;
  over(what: string): string;
  exited(what: string, code: number): string;
  end(code: number, reason: string): string;
}

/** A request over the network: `what` is its protocol and whom it is for. */
export interface RequestWords {
  asks(what: string): string;
  goesTo(what: string, target: string): string;
  answered(what: string, how: string): string;
  /** By the policies that select a pod for what comes in, or for what goes out. */
  dropped(what: string, by: DroppedWords): string;
  over(what: string): string;
}

interface DroppedWords {
  readonly policies: readonly string[];
  readonly pod: string;
  readonly node: string;
  readonly comesIn: boolean;
}

/** What components note for themselves, and what is written to files. */
export interface BookWords {
  looksAgain(at: string): string;
  failures(count: number): string;
  noted(name: string): string;
  file(owner: string, did: 'file' | 'directory' | 'link' | 'removed' | 'appended', path: string): string;
  machine(name: string): string;
  volume(name: string): string;
}
