import type { Userland } from '../../images/image-definition.ts';

/** Tools that are in both busybox and a small Debian. */
const COMMON =
  `[ arch base64 basename cat chgrp chmod chown cp cut date dd df dirname du echo env expr false find grep egrep fgrep
  head hostname id kill ln ls md5sum mkdir mktemp mv nice nl nohup nproc pidof printenv printf pwd readlink realpath rev rm
  rmdir sed seq setsid sha1sum sha256sum sha512sum sleep sort stat sync tac tail tar tee test timeout
  touch tr true truncate tty uname uniq wc which whoami xargs yes awk`.split(/\s+/);

const ONLY_BUSYBOX =
  'busybox free httpd killall nc nslookup ping ps sysctl fallocate time uptime usleep watch wget'.split(' ');

/** Tools that are there in life, and only say here that they are not simulated. */
const COMMON_UNSIMULATED =
  `cmp comm diff dmesg fold groups gunzip gzip hexdump link logger login mknod more mount od paste
  patch shuf split strings stty su sum umount unlink users who xxd zcat install join tsort unexpand
  expand`.split(/\s+/);

const BUSYBOX_UNSIMULATED =
  `adduser addgroup apk arp bc bzip2 cal chroot clear cpio crond crontab dc deluser dos2unix flock fsync
  fuser getopt hexedit ifconfig ip iostat ipcalc less lsof lsmod netstat passwd pgrep pkill pstree reboot renice route
  script syslogd telnet tftp top traceroute ts uncompress unix2dos unzip uuencode vi vmstat xz`.split(/\s+/);

const GNU_UNSIMULATED = 'apt apt-cache apt-get dpkg getent less perl ldd passwd useradd usermod'.split(' ');

/** What images bring besides. */
const OTHERS = 'curl dig tini dumb-init'.split(' ');

const NAMES: Readonly<Record<Userland | 'all', ReadonlySet<string>>> = {
  busybox: new Set([...COMMON, ...ONLY_BUSYBOX]),
  gnu: new Set(COMMON),
  none: new Set(),
  all: new Set([...COMMON, ...ONLY_BUSYBOX, ...OTHERS, 'unsimulated']),
};

const UNSIMULATED: Readonly<Record<Userland, ReadonlySet<string>>> = {
  busybox: new Set([...COMMON_UNSIMULATED, ...BUSYBOX_UNSIMULATED]),
  gnu: new Set([...COMMON_UNSIMULATED, ...GNU_UNSIMULATED]),
  none: new Set(),
};

export const isUnsimulated = (userland: Userland, name: string): boolean => UNSIMULATED[userland].has(name);

export const hasTool = (userland: Userland | 'all', name: string): boolean => NAMES[userland].has(name);

export const allToolNames = (): readonly string[] => [...NAMES.all];
