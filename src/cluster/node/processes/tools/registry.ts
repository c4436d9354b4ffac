import { awk } from './awk.ts';
import { base64 } from './base64.ts';
import { basename } from './basename.ts';
import { cat } from './cat.ts';
import { chmod } from './chmod.ts';
import { chgrp, chown } from './chown.ts';
import { cp } from './cp.ts';
import { curl } from './curl.ts';
import { cut } from './cut.ts';
import { date } from './date.ts';
import { dd } from './dd.ts';
import { dig } from './dig.ts';
import { digest } from './digest.ts';
import { dirname } from './dirname.ts';
import { du } from './du.ts';
import { echo } from './echo.ts';
import { env, printenv } from './env.ts';
import { expr } from './expr.ts';
import { find } from './find.ts';
import { grep } from './grep.ts';
import { head } from './head.ts';
import { httpd } from './httpd.ts';
import { arch, hostname, id, uname, whoami } from './identity.ts';
import { kill, killall, pidof } from './kill.ts';
import { ln } from './ln.ts';
import { ls } from './ls.ts';
import { mkdir } from './mkdir.ts';
import { mktemp } from './mktemp.ts';
import { mv } from './mv.ts';
import { nc } from './nc.ts';
import { nslookup } from './nslookup.ts';
import { ping } from './ping.ts';
import { printf } from './printf.ts';
import { ps } from './ps.ts';
import { pwd } from './pwd.ts';
import { readlink, realpath } from './readlink.ts';
import { nl, rev, tac } from './rev.ts';
import { rm } from './rm.ts';
import { rmdir } from './rmdir.ts';
import { sed } from './sed.ts';
import { seq } from './seq.ts';
import { sleep, usleep } from './sleep.ts';
import { sort } from './sort.ts';
import { stat } from './stat.ts';
import { sysctl } from './sysctl.ts';
import { df, free, nproc, sync, tty, uptime } from './system.ts';
import { tail } from './tail.ts';
import { tar } from './tar.ts';
import { tee } from './tee.ts';
import { test } from './test.ts';
import type { Tool } from './tool.ts';
import { touch } from './touch.ts';
import { tr } from './tr.ts';
import { falseTool, trueTool } from './true.ts';
import { truncate } from './truncate.ts';
import { uniq } from './uniq.ts';
import { unsimulated } from './unsimulated.ts';
import { wc } from './wc.ts';
import { wget } from './wget.ts';
import { which } from './which.ts';
import { busybox, nice, nohup, setsid, time, timeout, tini, watch } from './wrappers.ts';
import { xargs } from './xargs.ts';
import { yes } from './yes.ts';

const TOOLS: Readonly<Record<string, Tool>> = {
  '[': test,
  arch,
  awk,
  base64,
  basename,
  busybox,
  cat,
  chmod,
  chgrp,
  chown,
  cp,
  curl,
  cut,
  date,
  dd,
  df,
  dig,
  dirname,
  du,
  'dumb-init': tini,
  echo,
  egrep: grep,
  env,
  expr,
  fallocate: truncate,
  false: falseTool,
  fgrep: grep,
  find,
  free,
  grep,
  head,
  hostname,
  httpd,
  id,
  kill,
  killall,
  ln,
  ls,
  md5sum: digest,
  mkdir,
  mktemp,
  mv,
  nc,
  nice,
  nl,
  nohup,
  nproc,
  nslookup,
  pidof,
  ping,
  printenv,
  printf,
  ps,
  pwd,
  readlink,
  realpath,
  rev,
  rm,
  rmdir,
  sed,
  seq,
  setsid,
  sha1sum: digest,
  sha256sum: digest,
  sha512sum: digest,
  sleep,
  sort,
  stat,
  sync,
  sysctl,
  tac,
  tail,
  tar,
  tee,
  test,
  time,
  timeout,
  tini,
  touch,
  tr,
  true: trueTool,
  truncate,
  tty,
  uname,
  uniq,
  unsimulated,
  uptime,
  usleep,
  watch,
  wc,
  wget,
  which,
  whoami,
  xargs,
  yes,
};

export const toolOf = (name: string): Tool | undefined =>
  Object.hasOwn(TOOLS, name) ? TOOLS[name] : undefined;
