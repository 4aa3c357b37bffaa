import { expect, test } from "vitest";
import { shellOf } from "../testing.ts";

test("SH-16: ip, ifconfig and route show a pod's card, its gateway and its routes", () => {
  const sh = shellOf("nicolaka/netshoot");
  expect(sh("ip -br a; ip a show dev eth0; ip route; ip route get 10.96.0.1; ip link show lo")).toBe(
    `lo               UNKNOWN        127.0.0.1/8 
eth0@if7         UP             10.244.1.5/24 
2: eth0@if7: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000
    link/ether 0a:58:0a:f4:01:05 brd ff:ff:ff:ff:ff:ff link-netnsid 0
    inet 10.244.1.5/24 brd 10.244.1.255 scope global eth0
       valid_lft forever preferred_lft forever
default via 10.244.1.1 dev eth0 
10.244.1.0/24 via 10.244.1.1 dev eth0 src 10.244.1.5 
10.244.1.1 dev eth0 scope link src 10.244.1.5 
10.96.0.1 via 10.244.1.1 dev eth0 src 10.244.1.5 uid 0 
    cache 
1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
`,
  );
  expect(sh("ip a show eth7")).toBe('[stderr] Device "eth7" does not exist.\n[exit 1]');
  expect(shellOf("busybox")("ifconfig eth0; route -n | tail -1")).toBe(
    `eth0      Link encap:Ethernet  HWaddr 0A:58:0A:F4:01:05  
          inet addr:10.244.1.5  Bcast:10.244.1.255  Mask:255.255.255.0
          UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1

10.244.1.1      0.0.0.0         255.255.255.255 UH    0      0        0 eth0
`,
  );
});

test("SH-16: ss and netstat show who listens", () => {
  const sh = shellOf("nicolaka/netshoot");
  expect(sh("nc -lk -p 9090 & sleep 0.1; ss -tlnp; netstat -tlnp | tail -1; ss -tn; kill $!")).toBe(
    `State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process
LISTEN 0      511          0.0.0.0:9090         0.0.0.0:* users:(("nc",pid=3,fd=3))
tcp        0      0 0.0.0.0:9090            0.0.0.0:*               LISTEN      3/nc                
State Recv-Q Send-Q Local Address:Port Peer Address:Port Process
`,
  );
  expect(sh("netstat -rn")).toBe(
    `Kernel IP routing table
Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface
0.0.0.0         10.244.1.1      0.0.0.0         UG        0 0          0 eth0
10.244.1.0      10.244.1.1      255.255.255.0   UG        0 0          0 eth0
10.244.1.1      0.0.0.0         255.255.255.255 UH        0 0          0 eth0
`,
  );
});

test("SH-17: base64, checksums, du, mktemp, xargs by word and by line", () => {
  const sh = shellOf("busybox");
  expect(sh("echo -n hello | base64; echo aGVsbG8= | base64 -d; echo; printf aGVsbG8 | base64 -d")).toBe(
    "aGVsbG8=\nhello\nhel[stderr] base64: truncated input\n[exit 1]",
  );
  expect(sh("printf abc | md5sum; printf abc | sha1sum; printf abc | sha256sum")).toBe(
    `900150983cd24fb0d6963f7d28e17f72  -
a9993e364706816aba3e25717850c26c9cd0d89d  -
ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  -
`,
  );
  expect(sh("f=$(mktemp); test -f $f && echo made; du -s /tmp; realpath /etc/../tmp")).toBe(
    "made\n4\t/tmp\n/tmp\n",
  );
  expect(
    sh(
      "echo 1 2 3 | xargs -n 2 echo; printf 'a b\\nc\\n' | xargs -I{} echo '<{}>'; printf '' | xargs -r echo",
    ),
  ).toBe("1 2\n3\n<a b>\n<c>\n");
  expect(sh("echo a b | xargs -n1 false")).toBe("[exit 123]");
});

test("SH-18: bash's associative arrays, BASH_REMATCH, PIPESTATUS, mapfile and time", () => {
  const sh = shellOf("debian:12", "bash");
  expect(
    sh("declare -A m; m[x]=1; m[y z]=2; echo ${m[x]} ${m[y z]} ${#m[@]} ${!m[@]}; unset m; echo ${#m[@]}"),
  ).toBe("1 2 2 x y z\n0\n");
  expect(sh("[[ v1.35 =~ ([0-9]+)\\.([0-9]+) ]] && echo ${BASH_REMATCH[1]} ${BASH_REMATCH[2]}")).toBe(
    "1 35\n",
  );
  expect(sh("false | true | sh -c 'exit 3'; echo ${PIPESTATUS[@]}")).toBe("1 0 3\n");
  expect(sh("mapfile -t l <<< $'a\\nb'; echo ${#l[@]} ${l[1]}; read -ra w <<< 'x y'; echo ${w[1]}")).toBe(
    "2 b\ny\n",
  );
  expect(sh("time sleep 1")).toBe("[stderr] \nreal\t0m1.000s\nuser\t0m0.000s\nsys\t0m0.000s\n");
});

test("SH-9: httpd without -f goes to the background", () => {
  const sh = shellOf("busybox");
  expect(sh("httpd -p 8080 -h /etc; sleep 0.1; netstat -tln | tail -1; killall httpd")).toBe(
    "tcp        0      0 0.0.0.0:8080            0.0.0.0:*               LISTEN      \n",
  );
});

test("SH-19: apt-get and apk bring tools into a container", () => {
  const debian = shellOf("debian:12");
  expect(debian("curl --version")).toBe("[stderr] sh: 1: curl: not found\n[exit 127]");
  expect(debian("apt-get install -y curl")).toBe(
    "Reading package lists... Done\nBuilding dependency tree... Done\nReading state information... Done\n[stderr] E: Unable to locate package curl\n[exit 100]",
  );
  expect(
    debian("apt-get update >/dev/null && apt-get install -y curl dnsutils | tail -2; which curl dig"),
  ).toBe(
    "Setting up curl (7.88.1-10+deb12u12) ...\nSetting up dnsutils (1:9.18.33-1~deb12u2) ...\n/usr/bin/curl\n/usr/bin/dig\n",
  );
  expect(debian("curl --version | head -1; echo n | apt install telnet | tail -1")).toBe(
    "curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1\nDo you want to continue? [Y/n] Abort.\n",
  );
  const alpine = shellOf("alpine");
  expect(alpine("apk add --no-cache bind-tools nosuch")).toContain(
    "ERROR: unable to select packages:\n  nosuch (no such package):",
  );
  expect(alpine("apk add --no-cache bind-tools | tail -3; which dig")).toBe(
    "(1/1) Installing bind-tools (9.20.13-r0)\nExecuting busybox-1.37.0-r19.trigger\nOK: 11 MiB in 17 packages\n/usr/bin/dig\n",
  );
  expect(shellOf("busybox")("apk add curl")).toBe("[stderr] sh: apk: not found\n[exit 127]");
});
