import { etcdctl, etcdutl } from './etcd/etcdctl.ts';
import { EDITORS } from './host/editors.ts';
import { FILE_FACTS } from './host/file-facts.ts';
import { df, du, free, uptime } from './host/measures.ts';
import { killall, pgrep, pidof, pkill, ps, top } from './host/ps.ts';
import { SETUP_TOOLS } from './host/setup-tools.ts';
import { lsof, nc, netstat, ss, telnet } from './host/socket-tools.ts';
import { commandFor, date, hostnamectl, nproc, typeFor, uname, whichFor } from './host/system-names.ts';
import { foreground, jobs, kill, wait } from './job-tools.ts';
import { kubeadm } from './kubeadm/kubeadm.ts';
import { kubectl } from './kubectl/kubectl.ts';
import { aptFor, aptMark } from './machines/apt.ts';
import { crictl, otherRuntime } from './machines/crictl.ts';
import { chmod, chown, cp, mkdir, mv, rm, rmdir, touch } from './machines/file-tools.ts';
import { findFor } from './machines/find.ts';
import { hostname, id, whoami } from './machines/identity.ts';
import { journalctl } from './machines/journalctl.ts';
import { ls } from './machines/ls.ts';
import { powerOff, reboot } from './machines/power.ts';
import { scp } from './machines/scp.ts';
import { bashFor, sshFor } from './machines/ssh.ts';
import { service, systemctl } from './machines/systemctl.ts';
import { watchFor } from './machines/watch.ts';
import { xargsFor } from './machines/xargs.ts';
import { openssl } from './openssl/openssl.ts';
import { awk } from './pipes/awk.ts';
import { hexdump, strings, xxd } from './pipes/byte-tools.ts';
import { cut, tr } from './pipes/field-tools.ts';
import { egrep, grep } from './pipes/grep.ts';
import { cat, head, tail, uniq, wc } from './pipes/line-tools.ts';
import { sed } from './pipes/sed.ts';
import {
  alias,
  base64,
  changeFolder,
  clear,
  echo,
  exportTool,
  falseTool,
  leave,
  nothing,
  printf,
  seq,
  sleep,
  tee,
  trueTool,
} from './pipes/small-tools.ts';
import { sort } from './pipes/sort.ts';
import { test } from './pipes/test.ts';
import type { ProgramTable } from './program.ts';
import { curl } from './web/curl.ts';

/**
 * Everything that can be called by its name where the commands are typed. A new one is one more word here.
 */
export const PROGRAMS: ProgramTable = new Map(
  [
    kubectl,
    { ...kubectl, name: 'k' },
    openssl,
    sleep,
    jobs,
    kill,
    wait,
    foreground,
    curl,
    cat,
    head,
    tail,
    grep,
    egrep,
    wc,
    sort,
    uniq,
    cut,
    tr,
    awk,
    sed,
    tee,
    base64,
    hexdump,
    xxd,
    strings,
    echo,
    printf,
    seq,
    clear,
    trueTool,
    falseTool,
    nothing,
    test,
    { ...test, name: '[' },
    alias,
    exportTool,
    sshFor(() => PROGRAMS),
    scp,
    bashFor(() => PROGRAMS, 'bash'),
    bashFor(() => PROGRAMS, 'sh'),
    changeFolder,
    leave('exit'),
    leave('logout'),
    ls,
    findFor(() => PROGRAMS),
    xargsFor(() => PROGRAMS),
    watchFor(() => PROGRAMS),
    whichFor(() => PROGRAMS),
    typeFor(() => PROGRAMS),
    commandFor(() => PROGRAMS),
    cp,
    mv,
    rm,
    mkdir,
    rmdir,
    touch,
    chmod,
    chown,
    hostname,
    hostnamectl,
    date,
    uname,
    nproc,
    uptime,
    ps,
    pgrep,
    pidof,
    pkill,
    killall,
    top,
    df,
    du,
    free,
    ss,
    netstat,
    lsof,
    nc,
    telnet,
    id,
    whoami,
    kubeadm,
    aptFor('apt-get'),
    aptFor('apt'),
    aptFor('apt-cache'),
    aptFor('yum'),
    aptFor('dnf'),
    aptMark,
    systemctl,
    service,
    journalctl,
    crictl,
    otherRuntime('docker'),
    otherRuntime('ctr'),
    reboot,
    powerOff('poweroff'),
    powerOff('shutdown'),
    etcdctl,
    etcdutl,
    ...SETUP_TOOLS,
    ...EDITORS,
    ...FILE_FACTS,
    { ...cat, name: 'less' },
    { ...cat, name: 'more' },
  ].map((program) => [program.name, program]),
);
