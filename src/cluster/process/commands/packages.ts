// apt-get, apt and apk: bring tools into a container, which lose them when it is made anew.
// Simplified: packages are always to be had, whatever the network is like; a few stand for all that there are, and bring
// nothing else along.
import type { Json } from "#base/json";
import { defineCommand, type Command, type CommandContext, type Outcome } from "./command.ts";

interface Package {
  commands: readonly string[];
  debian?: string;
  alpine?: string;
  kilobytes: number;
}

/** What a program's file holds: see programs.ts. */
export const BINARY = "\u007fELF";

const DNS = ["dig", "nslookup", "host"];
const PACKAGES: Record<string, Package> = {
  curl: { commands: ["curl"], debian: "7.88.1-10+deb12u12", alpine: "8.14.1-r2", kilobytes: 315 },
  wget: { commands: ["wget"], debian: "1.21.3-1+deb12u1", alpine: "1.25.0-r1", kilobytes: 937 },
  dnsutils: { commands: DNS, debian: "1:9.18.33-1~deb12u2", kilobytes: 280 },
  "bind9-dnsutils": { commands: DNS, debian: "1:9.18.33-1~deb12u2", kilobytes: 403 },
  "bind9-host": { commands: ["host"], debian: "1:9.18.33-1~deb12u2", kilobytes: 305 },
  "bind-tools": { commands: DNS, alpine: "9.20.13-r0", kilobytes: 1400 },
  "iputils-ping": { commands: ["ping"], debian: "3:20221126-1+deb12u1", kilobytes: 47 },
  iputils: { commands: ["ping"], alpine: "20240905-r0", kilobytes: 170 },
  "net-tools": {
    commands: ["ifconfig", "netstat", "route", "arp"],
    debian: "2.10-0.1+deb12u2",
    alpine: "2.10-r3",
    kilobytes: 243,
  },
  iproute2: { commands: ["ip", "ss"], debian: "6.1.0-3", alpine: "6.15.0-r0", kilobytes: 1046 },
  "netcat-openbsd": { commands: ["nc"], debian: "1.219-1", alpine: "1.229.1-r0", kilobytes: 41 },
  "netcat-traditional": { commands: ["nc"], debian: "1.10-47", kilobytes: 66 },
  tcpdump: { commands: ["tcpdump"], debian: "4.99.3-1", alpine: "4.99.5-r1", kilobytes: 468 },
  traceroute: { commands: ["traceroute"], debian: "1:2.1.2-1", kilobytes: 54 },
  telnet: { commands: ["telnet"], debian: "0.17+2.4-2+deb12u1", kilobytes: 39 },
  "busybox-extras": { commands: ["telnet", "httpd"], alpine: "1.37.0-r19", kilobytes: 120 },
  procps: {
    commands: ["ps", "top", "free", "uptime", "watch", "kill"],
    debian: "2:4.0.2-3",
    alpine: "4.0.4-r3",
    kilobytes: 709,
  },
  psmisc: { commands: ["killall"], debian: "23.6-1", kilobytes: 259 },
  openssl: { commands: ["openssl"], debian: "3.0.17-1~deb12u2", alpine: "3.5.4-r0", kilobytes: 1434 },
  jq: { commands: ["jq"], debian: "1.6-2.1+deb12u1", alpine: "1.8.1-r0", kilobytes: 65 },
  vim: { commands: ["vi", "vim"], debian: "2:9.0.1378-2+deb12u2", alpine: "9.1.1566-r0", kilobytes: 1567 },
  bash: { commands: ["bash"], alpine: "5.2.37-r0", kilobytes: 480 },
};

const LISTS = "/var/lib/apt/lists/deb.debian.org_debian_dists_bookworm_InRelease";
const UPDATE_MS = 2200;
const INSTALL_MS = 1800;

/** The package's version there, if the distribution has it. */
function versionOf(name: string, of: "debian" | "alpine"): string | undefined {
  return Object.hasOwn(PACKAGES, name) ? PACKAGES[name]![of] : undefined;
}

function unpack(context: CommandContext, name: string): void {
  for (const command of PACKAGES[name]!.commands)
    if (context.which(command) === undefined) context.files.write(`/usr/bin/${command}`, BINARY, 0o755);
}

const isInstalled = (context: CommandContext, name: string): boolean =>
  PACKAGES[name]!.commands.every((command) => context.which(command) !== undefined);

interface State {
  step: "update" | "ask" | "fetch";
  names: string[];
}

const later = (ms: number, state: State): Outcome => ({
  wait: { for: "time", ms },
  state: state as unknown as Json,
});

function aptGet(name: string): Command {
  return defineCommand({
    name,
    run(context, resume) {
      const words = context.argv.slice(1).filter((word) => !word.startsWith("-"));
      if (resume) return aptGoesOn(context, resume.state as unknown as State);
      const [command, ...names] = words;
      if (command === "update") {
        const places = ["debian bookworm", "debian bookworm-updates", "debian-security bookworm-security"];
        places.forEach((place, index) =>
          context.out(
            `Get:${index + 1} http://deb.debian.org/${place} InRelease [${[151, 55, 48][index]} kB]\n`,
          ),
        );
        return later(UPDATE_MS, { step: "update", names: [] });
      }
      if (command === "install") return aptInstall(context, names);
      if (command === "clean" || command === "autoremove" || command === "upgrade") return { exit: 0 };
      context.err(command === undefined ? "apt 2.6.1 (amd64)\n" : `E: Invalid operation ${command}\n`);
      return { exit: command === undefined ? 0 : 100 };
    },
  });
}

function aptInstall(context: CommandContext, names: string[]): Outcome {
  context.out(
    "Reading package lists... Done\nBuilding dependency tree... Done\nReading state information... Done\n",
  );
  const isListed = context.files.stat(LISTS) !== undefined;
  const unknown = names.filter((name) => !isListed || versionOf(name, "debian") === undefined);
  if (unknown.length > 0) {
    for (const name of unknown) context.err(`E: Unable to locate package ${name}\n`);
    return { exit: 100 };
  }
  const missing = names.filter((name) => !isInstalled(context, name));
  for (const name of names)
    if (!missing.includes(name))
      context.out(`${name} is already the newest version (${versionOf(name, "debian")}).\n`);
  const counts = `0 upgraded, ${missing.length} newly installed, 0 to remove and 0 not upgraded.\n`;
  if (missing.length === 0) {
    context.out(counts);
    return { exit: 0 };
  }
  const size = missing.reduce((sum, name) => sum + PACKAGES[name]!.kilobytes, 0);
  context.out(
    `The following NEW packages will be installed:\n  ${missing.join(" ")}\n${counts}Need to get ${size} kB of archives.\nAfter this operation, ${size * 3} kB of additional disk space will be used.\n`,
  );
  const isSure = context.argv.some((word) => /^(-[a-z]*y[a-z]*|--yes|--assume-yes|-qq)$/.test(word));
  if (isSure) return later(INSTALL_MS, { step: "fetch", names: missing });
  context.out("Do you want to continue? [Y/n] ");
  return { wait: { for: "input" }, state: { step: "ask", names: missing } };
}

function aptGoesOn(context: CommandContext, { step, names }: State): Outcome {
  if (step === "update") {
    context.files.makeDirectory("/var/lib/apt/lists", true);
    context.files.write(LISTS, "");
    context.out("Fetched 9302 kB in 2s (4228 kB/s)\nReading package lists... Done\n");
    return { exit: 0 };
  }
  if (step === "ask") {
    const { text, ended } = context.input();
    context.take(text.length);
    if (!/^(y|yes)?\n/i.test(text)) {
      if (text === "" && !ended) return { wait: { for: "input" }, state: { step: "ask", names } };
      context.out("Abort.\n");
      return { exit: 1 };
    }
    return later(INSTALL_MS, { step: "fetch", names });
  }
  names.forEach((name, index) => {
    const { kilobytes } = PACKAGES[name]!;
    const version = versionOf(name, "debian")!;
    context.out(
      `Get:${index + 1} http://deb.debian.org/debian bookworm/main amd64 ${name} amd64 ${version} [${kilobytes} kB]\n`,
    );
  });
  const size = names.reduce((sum, name) => sum + PACKAGES[name]!.kilobytes, 0);
  context.out(`Fetched ${size} kB in 1s (${size} kB/s)\n`);
  for (const name of names) {
    unpack(context, name);
    context.out(`Setting up ${name} (${versionOf(name, "debian")}) ...\n`);
  }
  return { exit: 0 };
}

export const aptGetCommand = aptGet("apt-get");
export const apt = aptGet("apt");

export const apk = defineCommand({
  name: "apk",
  run(context, resume) {
    const [command, ...names] = context.argv.slice(1).filter((word) => !word.startsWith("-"));
    if (resume) return apkInstalls(context, resume.state as unknown as State);
    if (command === "update" || command === "add") {
      for (const part of ["main", "community"])
        context.out(`fetch https://dl-cdn.alpinelinux.org/alpine/v3.22/${part}/x86_64/APKINDEX.tar.gz\n`);
    }
    if (command === "update") {
      context.out(
        "v3.22.2 [https://dl-cdn.alpinelinux.org/alpine/v3.22/main]\nOK: 26322 distinct packages available\n",
      );
      return { exit: 0 };
    }
    if (command !== "add") {
      if (command !== undefined && command !== "del")
        context.err(`ERROR: '${command}' is not an apk command. See 'apk --help'.\n`);
      return { exit: command === "del" ? 0 : 1 };
    }
    const unknown = names.filter((name) => versionOf(name, "alpine") === undefined);
    if (unknown.length === 0) return later(INSTALL_MS, { step: "fetch", names });
    const lines = unknown.map((name) => `  ${name} (no such package):\n    required by: world[${name}]\n`);
    context.err(`ERROR: unable to select packages:\n${lines.join("")}`);
    return { exit: unknown.length };
  },
});

function apkInstalls(context: CommandContext, { names }: State): Outcome {
  const missing = names.filter((name) => !isInstalled(context, name));
  missing.forEach((name, index) => {
    unpack(context, name);
    context.out(`(${index + 1}/${missing.length}) Installing ${name} (${versionOf(name, "alpine")})\n`);
  });
  if (missing.length > 0) context.out("Executing busybox-1.37.0-r19.trigger\n");
  context.out(`OK: ${10 + missing.length} MiB in ${16 + missing.length} packages\n`);
  return { exit: 0 };
}
