import type { Userland } from '../../images/image-definition.ts';

/** Tools that are in both busybox and a small Debian. */
const COMMON =
  `[ arch base64 basename cat chmod chown cp cut date dd df dirname du echo env expr false find grep egrep fgrep
  head hostname id kill ln ls md5sum mkdir mktemp mv nice nl nohup nproc pidof printenv printf pwd readlink realpath rev rm
  rmdir sed seq setsid sha1sum sha256sum sha512sum sleep sort stat sync tac tail tee test timeout touch tr true truncate tty
  uname uniq wc which whoami xargs yes awk`.split(/\s+/);

const ONLY_BUSYBOX =
  'busybox free httpd killall nc nslookup ping ps fallocate time uptime usleep watch wget'.split(' ');

/** What images bring besides. */
const OTHERS = 'curl tini dumb-init'.split(' ');

const NAMES: Readonly<Record<Userland | 'all', ReadonlySet<string>>> = {
  busybox: new Set([...COMMON, ...ONLY_BUSYBOX]),
  gnu: new Set(COMMON),
  none: new Set(),
  all: new Set([...COMMON, ...ONLY_BUSYBOX, ...OTHERS]),
};

export const hasTool = (userland: Userland | 'all', name: string): boolean => NAMES[userland].has(name);

export const allToolNames = (): readonly string[] => [...NAMES.all];
