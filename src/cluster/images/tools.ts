// Which commands the common base systems have, by their names in the command table.

const words = (text: string): readonly string[] => text.split(" ");

/** The applets of busybox that are modelled. */
export const BUSYBOX_COMMANDS = words(
  "sh ash ls cat less more touch rm rmdir mkdir echo printf sleep date env printenv hostname id whoami pwd test [ grep egrep fgrep head tail wc sort uniq seq tr cut sed awk ps kill killall which true false cp mv stat nc wget nslookup ping ip ifconfig netstat httpd find tee xargs yes basename dirname uname uptime free df du chmod chown ln od base64 md5sum sha1sum sha256sum timeout nohup expr tac rev nproc cal clear sync mktemp realpath readlink top watch vi traceroute telnet route arp ping6 nice time who usleep diff cmp hexdump hd xxd paste nl comm tar gzip",
);

/** A Debian without extra packages. */
export const DEBIAN_BASE_COMMANDS = words(
  "sh bash dash ls cat more touch rm rmdir mkdir echo printf sleep date env printenv hostname id whoami pwd test [ grep egrep fgrep head tail wc sort uniq seq tr cut sed awk which true false cp mv stat find tee xargs yes basename dirname uname df du chmod chown ln od base64 md5sum sha1sum sha256sum timeout nohup expr tac rev nproc sync mktemp realpath readlink getent nice diff cmp paste nl comm who tar gzip perl apt apt-get",
);

/** A Debian as buildpack images have it: with curl, wget and ps. */
export const DEBIAN_COMMANDS = [
  ...DEBIAN_BASE_COMMANDS,
  ...words("curl wget ps kill killall uptime free top openssl python3 git"),
];

export const NETWORK_COMMANDS = words(
  "curl wget nc nslookup dig host ping ip ss netstat ifconfig openssl ps kill traceroute route arp tcpdump jq telnet",
);
