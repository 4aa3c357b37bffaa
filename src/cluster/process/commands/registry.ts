// The table of commands that images have on their disks.
import type { Command } from "./command.ts";
import { awk } from "./awk.ts";
import { cat, less, more } from "./cat.ts";
import { cal, who } from "./calendar.ts";
import { column, comm, nl, paste } from "./columns.ts";
import { cp, mv } from "./copy.ts";
import { cmp, diff } from "./diff.ts";
import { hd, hexdump, od, xxd } from "./dump.ts";
import { curl } from "./curl/curl.ts";
import { date } from "./date.ts";
import { mongosh } from "./databases/mongosh.ts";
import { mariadbAdmin, mariadbClient, mariadbHealth, mysqladmin, mysqlClient } from "./databases/mysql.ts";
import { pgIsready, psql } from "./databases/postgres.ts";
import { redisCli } from "./databases/redis-cli.ts";
import { echo } from "./echo.ts";
import { base64, md5sum, sha1sum, sha256sum } from "./digests.ts";
import { env, printenv, nohup, nice, time, busybox } from "./env.ts";
import { openssl } from "./openssl/openssl.ts";
import { ping } from "./ping.ts";
import { dig } from "./dns/dig.ts";
import { host } from "./dns/host.ts";
import { nslookup } from "./dns/nslookup.ts";
import { arp, ifconfig, ip, route } from "./ip.ts";
import { netstat, ss } from "./sockets.ts";
import { expr } from "./expr.ts";
import { getent } from "./getent.ts";
import { httpd, python3 } from "./httpd.ts";
import { nc } from "./nc.ts";
import { grep, egrep, fgrep } from "./grep.ts";
import { head, tail } from "./head-tail.ts";
import { hostname, id, whoami, pwd, uname, nproc, uptime } from "./identity.ts";
import { kill } from "./kill.ts";
import { ls } from "./ls.ts";
import { mkdir, rmdir } from "./mkdir.ts";
import { apk, apt, aptGetCommand } from "./packages.ts";
import { du, mktemp, readlink, realpath } from "./paths.ts";
import { printf } from "./printf.ts";
import { rm } from "./rm.ts";
import { sed } from "./sed.ts";
import { seq } from "./seq.ts";
import { sort } from "./sort.ts";
import { sleep } from "./sleep.ts";
import {
  ps,
  which,
  stat,
  find,
  chmod,
  chown,
  sync,
  clear,
  ln,
  basename,
  dirname,
  killall,
  df,
  free,
} from "./system.ts";
import { tar } from "./tar.ts";
import { tcpdump } from "./tcpdump/tcpdump.ts";
import { test, bracket } from "./test.ts";
import { wc, uniq, tr, cut, rev, tac, tee, yes } from "./text-tools.ts";
import { telnet } from "./telnet.ts";
import { traceroute } from "./traceroute.ts";
import { timeout } from "./timeout.ts";
import { touch } from "./touch.ts";
import { top } from "./top.ts";
import { trueCommand, falseCommand, unsupported } from "./true.ts";
import { watch } from "./watch.ts";
import { wget } from "./wget.ts";
import { xargs } from "./xargs.ts";

export const COMMANDS: readonly Command[] = [
  cal,
  who,
  column,
  comm,
  nl,
  paste,
  cmp,
  diff,
  hd,
  hexdump,
  od,
  xxd,
  mariadbAdmin,
  mariadbClient,
  mariadbHealth,
  mongosh,
  mysqladmin,
  mysqlClient,
  pgIsready,
  psql,
  redisCli,
  arp,
  ip,
  route,
  ifconfig,
  netstat,
  ss,
  nslookup,
  host,
  dig,
  nc,
  httpd,
  python3,
  getent,
  openssl,
  ping,
  awk,
  cat,
  less,
  more,
  cp,
  mv,
  curl,
  date,
  echo,
  env,
  printenv,
  nohup,
  nice,
  time,
  busybox,
  grep,
  egrep,
  fgrep,
  head,
  tail,
  hostname,
  id,
  whoami,
  pwd,
  uname,
  nproc,
  uptime,
  kill,
  ls,
  mkdir,
  rmdir,
  printf,
  rm,
  sed,
  sleep,
  ps,
  which,
  stat,
  find,
  chmod,
  chown,
  sync,
  clear,
  ln,
  basename,
  dirname,
  xargs,
  expr,
  killall,
  df,
  free,
  tar,
  tcpdump,
  telnet,
  traceroute,
  timeout,
  apk,
  apt,
  aptGetCommand,
  base64,
  md5sum,
  sha1sum,
  sha256sum,
  du,
  mktemp,
  readlink,
  realpath,
  top,
  test,
  bracket,
  wc,
  sort,
  uniq,
  tr,
  cut,
  rev,
  tac,
  tee,
  seq,
  yes,
  touch,
  trueCommand,
  falseCommand,
  unsupported,
  watch,
  wget,
];

const BY_NAME = new Map(COMMANDS.map((command) => [command.name, command]));

export function commandNamed(name: string): Command | undefined {
  return BY_NAME.get(name);
}
