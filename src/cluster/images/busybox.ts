// busybox, alpine, ubuntu, debian and the like: a shell and tools; they run what the manifest says, and end at once
// when that is nothing but a shell without a terminal.
import { defineImage } from "./image.ts";
import { BUSYBOX_COMMANDS, DEBIAN_BASE_COMMANDS, DEBIAN_COMMANDS, NETWORK_COMMANDS } from "./tools.ts";

export const busybox = defineImage({
  repository: "docker.io/library/busybox",
  sizeBytes: 2_220_000,
  cmd: ["sh"],
  flavour: "busybox",
  commands: BUSYBOX_COMMANDS,
  versions: { busybox: "1.37.0" },
});

export const alpine = defineImage({
  repository: "docker.io/library/alpine",
  sizeBytes: 3_800_000,
  cmd: ["/bin/sh"],
  flavour: "busybox",
  commands: [...BUSYBOX_COMMANDS.filter((name) => !/^(httpd|telnet)$/.test(name)), "getent", "apk"],
  versions: { busybox: "1.37.0" },
  files: {
    "/etc/alpine-release": "3.22.2\n",
    "/etc/os-release": 'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.22.2\n',
  },
});

export const debian = defineImage({
  repository: "docker.io/library/debian",
  sizeBytes: 48_500_000,
  cmd: ["bash"],
  flavour: "gnu",
  commands: DEBIAN_BASE_COMMANDS,
});

const UBUNTU_RELEASE =
  'PRETTY_NAME="Ubuntu 24.04.3 LTS"\nNAME="Ubuntu"\nVERSION_ID="24.04"\nVERSION="24.04.3 LTS (Noble Numbat)"\nID=ubuntu\nID_LIKE=debian\n';

export const ubuntu = defineImage({
  repository: "docker.io/library/ubuntu",
  sizeBytes: 29_700_000,
  cmd: ["/bin/bash"],
  flavour: "gnu",
  commands: [...DEBIAN_BASE_COMMANDS, "ps", "kill", "free", "uptime"],
  files: { "/etc/os-release": UBUNTU_RELEASE },
});

export const curlImage = defineImage({
  repository: "docker.io/curlimages/curl",
  sizeBytes: 9_500_000,
  entrypoint: ["/entrypoint.sh"],
  flavour: "busybox",
  commands: [...BUSYBOX_COMMANDS, "curl"],
  versions: { curl: "8.16.0", busybox: "1.37.0" },
  // Runs what it is given: a known program as it is, anything else as arguments of curl.
  files: { "/entrypoint.sh": "" },
});

export const dnsutils = defineImage({
  repository: "docker.io/tutum/dnsutils",
  sizeBytes: 73_000_000,
  cmd: ["bash"],
  flavour: "gnu",
  commands: [...DEBIAN_BASE_COMMANDS, "nslookup", "dig", "host", "ping", "ps", "kill"],
});

export const jessieDnsutils = defineImage({
  repository: "registry.k8s.io/e2e-test-images/jessie-dnsutils",
  sizeBytes: 111_000_000,
  cmd: ["sleep", "infinity"],
  flavour: "gnu",
  commands: [...DEBIAN_BASE_COMMANDS, "nslookup", "dig", "host", "ping", "ps", "kill", "wget", "curl", "nc"],
  versions: { curl: "7.38.0" },
});

export const netshoot = defineImage({
  repository: "docker.io/nicolaka/netshoot",
  sizeBytes: 203_000_000,
  cmd: ["/bin/zsh"],
  flavour: "gnu",
  commands: [...DEBIAN_COMMANDS.filter((name) => !name.startsWith("apt")), ...NETWORK_COMMANDS, "zsh", "apk"],
  versions: { curl: "7.88.1" },
});
