// What a simulated container image is: what is on its disk, which commands it has, and the servers among them: what
// they listen on and how they answer. The container runtime runs them; registry.ts lists them.
import type { Json } from "#base/json";
import type { HttpAnswer, HttpMessage, Listener } from "../network/types.ts";
import type { Assumed } from "../process/types.ts";
import type { Entry, FileLayer } from "../process/state.ts";
import { BUSYBOX_COMMANDS, DEBIAN_COMMANDS, NETWORK_COMMANDS } from "./tools.ts";

const SYSTEM_COMMANDS = new Set([...DEBIAN_COMMANDS, ...NETWORK_COMMANDS]);

export interface ListenSpec {
  port: number;
  /** Default 0.0.0.0. */
  address?: string;
  protocol?: "TCP" | "UDP";
  tls?: Listener["tls"];
}

/** What a server program knows when it starts, answers or is signalled. */
export interface ServerContext {
  /** Without the program's own name. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly hostname: string;
  readonly tag: string;
  readonly declaredPorts: readonly number[];
  /** What the manifest takes for granted, for programs that are not modelled. */
  readonly assumed: Assumed;
  /** Virtual ms since the cluster's start, since the Unix epoch, and since the process's own start. */
  readonly now: number;
  readonly epochNow: number;
  readonly uptimeMs: number;
  /** The pod's address. */
  readonly ip: string;
  readonly state: Json;
  /** Requests answered before this one. */
  readonly requests: number;
  readonly cwd: string;
  /** Content of a file, undefined if there is none. */
  file(path: string): string | undefined;
  list(path: string): string[] | undefined;
}

export interface IncomingRequest extends HttpMessage {
  /** Who the server thinks asks: "ip:port" and "ip". */
  peer: string;
  peerIp: string;
  local: string;
  port: number;
  tls: boolean;
}

export type Start =
  | {
      listen: ListenSpec[];
      /** How long it takes until it listens. */
      startMs?: number;
      /** Lines it writes at its start and once it listens. */
      log?: string[];
      stderr?: string[];
      state?: Json;
    }
  | {
      exit: number;
      log?: string[];
      stderr?: string[];
      afterMs?: number;
      /** The kernel ends it, as it takes more than its container may have. */
      outOfMemory?: true;
    };

export interface Answer {
  answer: HttpAnswer;
  delayMs?: number;
  log?: string[];
  stderr?: string[];
  state?: Json;
  /** Runs this in the container first; commandEnded() makes the answer from its output. */
  run?: string[];
  /** Ends the process afterwards with this exit code. */
  exit?: number;
}

/** What a signal does to a server that has a handler for it. */
export interface Reaction {
  exit: number;
  /** It finishes what it has at hand for so long. */
  afterMs?: number;
  /** Whether it takes no more connections meanwhile (default true). */
  closeListeners?: boolean;
  log?: string;
}

export interface ServerProgram {
  start(server: ServerContext): Start;
  answer?(request: IncomingRequest, server: ServerContext): Answer;
  datagram?(text: string, peer: string, server: ServerContext): Answer;
  /** Undefined: no handler, so the default of the kernel. */
  /** It speaks a protocol of its own: bytes that are no HTTP request are handed to answer(), as a body. */
  plainText?: true;
  signal?(signal: number, server: ServerContext): Reaction | "ignore" | undefined;
  commandEnded?(output: string, exit: number): HttpAnswer;
  /** Shown as evidence beside its sockets. */
  title?: string;
}

export interface Image {
  /** As containerd writes it, without tag: docker.io/library/nginx. */
  repository: string;
  /** Tags that exist; absent: any that looks like a version (see tags.ts). */
  tags?: readonly string[] | ((tag: string) => boolean);
  sizeBytes: number;
  entrypoint?: readonly string[];
  cmd?: readonly string[];
  env?: Readonly<Record<string, string>>;
  workingDir?: string;
  /** Whom its programs run as; absent: root. */
  user?: number;
  /** What the runtime sends in place of SIGTERM. */
  stopSignal?: "SIGQUIT" | "SIGINT" | "SIGWINCH";
  /** Which family its commands are of; "none" has no shell and no tools. */
  flavour: "busybox" | "gnu" | "none";
  /** Names from the command table that are on its $PATH. */
  commands: readonly string[];
  /** Versions where texts depend on them: {curl: "7.88.1"}. */
  versions?: Readonly<Record<string, string>>;
  /** Programs of its own, by the name under which they are started. */
  servers?: Readonly<Record<string, ServerProgram>>;
  files: FileLayer;
  /** An image that is not modelled: it only listens on the declared ports. */
  generic?: boolean;
}

export type ImageSpec = Omit<Image, "files"> & { files?: Readonly<Record<string, string>> };

export function defineImage(spec: ImageSpec): Image {
  return { ...spec, files: layerOf(spec) };
}

/** The -alpine variant of an image: the same program with busybox's tools around it. */
export function onAlpine(image: Image): Image {
  if (image.flavour !== "gnu") return image;
  const own = Object.fromEntries(
    [...image.files].flatMap(([path, entry]) =>
      entry.kind === "file" && !isProgram(path) ? [[path, entry.text]] : [],
    ),
  );
  const { files: _files, ...rest } = image;
  const curl = image.commands.includes("curl") ? ["curl"] : [];
  const ownCommands = image.commands.filter((name) => !SYSTEM_COMMANDS.has(name));
  return defineImage({
    ...rest,
    flavour: "busybox",
    commands: [...BUSYBOX_COMMANDS, "apk", ...curl, ...ownCommands],
    files: own,
  });
}

const isProgram = (path: string): boolean => /^\/(usr\/)?(local\/)?s?bin\//.test(path);

const DIRECTORIES =
  "/bin /dev /etc /home /lib /mnt /opt /proc /root /run /sbin /srv /sys /tmp /usr /usr/bin /usr/local /usr/local/bin /usr/sbin /usr/share /var /var/cache /var/lib /var/log /var/run /var/tmp".split(
    " ",
  );

function layerOf(spec: ImageSpec): FileLayer {
  const layer: FileLayer = new Map<string, Entry>();
  const folders = spec.flavour === "none" ? ["/dev", "/etc", "/proc", "/sys", "/tmp"] : DIRECTORIES;
  const directory = (path: string): void => void layer.set(path, { kind: "directory", at: 0 });
  directory("/");
  folders.forEach(directory);
  const files: Record<string, string> = {
    "/dev/null": "",
    "/dev/termination-log": "",
    ...BASE_FILES[spec.flavour],
  };
  for (const name of spec.flavour === "none" ? [] : spec.commands) files[commandPath(name)] ??= "";
  Object.assign(files, spec.files);
  for (const [path, text] of Object.entries(files)) {
    const parts = path.split("/").slice(1, -1);
    parts.forEach((_, index) => {
      const folder = `/${parts.slice(0, index + 1).join("/")}`;
      if (!layer.has(folder)) directory(folder);
    });
    const runs =
      isProgram(path) || Object.hasOwn(spec.servers ?? {}, path.slice(1)) || path.endsWith("entrypoint.sh");
    layer.set(path, { kind: "file", text, mode: runs ? 0o755 : 0o644, at: 0 });
  }
  if (spec.workingDir !== undefined && !layer.has(spec.workingDir)) directory(spec.workingDir);
  return layer;
}

/** Where a command of the table lies. */
function commandPath(name: string): string {
  return `/${IN_BIN.has(name) ? "bin" : "usr/bin"}/${name}`;
}

const IN_BIN = new Set(
  "sh bash ash cat chmod chown cp date dd df echo egrep false fgrep grep hostname kill ln ls mkdir mv netstat ping ps pwd rm rmdir sed sleep stat sync tar touch true uname zcat".split(
    " ",
  ),
);

const PASSWD = "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n";
const BASE_FILES: Record<Image["flavour"], Record<string, string>> = {
  none: {
    "/etc/passwd":
      "root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n",
  },
  busybox: {
    "/etc/passwd": PASSWD,
    "/etc/group": "root:x:0:\nnobody:x:65534:\n",
    "/etc/shadow": "root:*::0:::::\n",
  },
  gnu: {
    "/etc/passwd": PASSWD.replace("/bin/sh", "/bin/bash"),
    "/etc/group": "root:x:0:\nnogroup:x:65534:\n",
    "/etc/os-release":
      'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nVERSION="12 (bookworm)"\nID=debian\n',
    "/etc/debian_version": "12.12\n",
    "/etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files dns\n",
  },
};
