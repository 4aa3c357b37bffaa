// The fields of a kubeconfig, and how `config set` and `config unset` find their way to one by a path such as
// `clusters.10.0.0.1.server`: a name may hold dots, up to the next word that is a field of such entries.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/config/navigation_step_parser.go, set.go (v1.35)
import { encodeBase64 } from "#base/base64";
import type { Json, JsonObject } from "#base/json";
import type { KubectlConfig } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { base64Problem, parseGoBool } from "../../go-values.ts";

type FieldType = "string" | "bool" | "bytes" | "list" | "struct" | "map" | "preferences" | Entries;
type Entries = "clusters" | "contexts" | "users";
type Fields = Record<string, FieldType>;

const ENTRY_FIELDS: Record<Entries, Fields> = {
  clusters: {
    server: "string",
    "tls-server-name": "string",
    "insecure-skip-tls-verify": "bool",
    "certificate-authority": "string",
    "certificate-authority-data": "bytes",
    "proxy-url": "string",
    "disable-compression": "bool",
    extensions: "map",
  },
  contexts: { cluster: "string", user: "string", namespace: "string", extensions: "map" },
  users: {
    "client-certificate": "string",
    "client-certificate-data": "bytes",
    "client-key": "string",
    "client-key-data": "bytes",
    token: "string",
    tokenFile: "string",
    "act-as": "string",
    "act-as-uid": "string",
    "act-as-groups": "list",
    "act-as-user-extra": "map",
    username: "string",
    password: "string",
    "auth-provider": "struct",
    exec: "struct",
    extensions: "map",
  },
};

const PREFERENCES: Fields = { colors: "bool", extensions: "map" };

const TOP: Fields = {
  kind: "string",
  apiVersion: "string",
  preferences: "preferences",
  clusters: "clusters",
  users: "users",
  contexts: "contexts",
  "current-context": "string",
  extensions: "map",
};

/** How entries look when something makes them. */
const NEW_ENTRY: Record<Entries, JsonObject> = {
  clusters: { server: "" },
  contexts: { cluster: "", user: "" },
  users: {},
};

/** The users of a kubeconfig, written down if they were only named by contexts. */
export function usersIn(config: KubectlConfig): Record<string, JsonObject> {
  config.users ??= Object.fromEntries(
    Object.values(config.contexts).flatMap(({ user }) => (user ? [[user, {}] as const] : [])),
  );
  return config.users;
}

function entriesIn(config: KubectlConfig, list: Entries): Record<string, JsonObject> {
  return list === "users"
    ? usersIn(config)
    : ((list === "clusters" ? config.clusters : config.contexts) as Record<string, JsonObject>);
}

interface Place {
  type: FieldType;
  holder(make: boolean): JsonObject;
  key: string;
}

const cannotParse = (path: string): Error =>
  plainError(`unable to parse one or more field values of ${path}`);

function placeOf(config: KubectlConfig, path: string): Place {
  const [first = "", ...rest] = path.split(".");
  const type = Object.hasOwn(TOP, first) ? TOP[first] : undefined;
  if (!type) throw plainError(`unable to parse ${path} after [] at api.Config`);
  const top = config as unknown as JsonObject;
  if (rest.length === 0)
    return { type, holder: () => top, key: first === "current-context" ? "currentContext" : first };
  if (type === "preferences") {
    const field = Object.hasOwn(PREFERENCES, rest[0]!) ? PREFERENCES[rest[0]!] : undefined;
    // Go prints the address of the field's type.
    if (!field)
      throw plainError(`unable to parse ${path} after [{preferences 0x210a5c0}] at api.Preferences`);
    if (rest.length > 1) throw cannotParse(path);
    return { type: field, holder: () => (config.preferences ??= {}), key: rest[0]! };
  }
  if (!isEntries(type)) throw cannotParse(path);
  const fields = ENTRY_FIELDS[type];
  const at = rest.findIndex((part, index) => index > 0 && Object.hasOwn(fields, part));
  const name = (at < 0 ? rest : rest.slice(0, at)).join(".");
  const entries = entriesIn(config, type);
  if (at < 0) return { type: "struct", holder: () => entries, key: name };
  if (at < rest.length - 1) throw cannotParse(path);
  const holder = (make: boolean): JsonObject => {
    if (!Object.hasOwn(entries, name) && !make) throw plainError(`current map key \`${name}\` is invalid`);
    return (entries[name] ??= { ...NEW_ENTRY[type] });
  };
  return { type: fields[rest[at]!]!, holder, key: rest[at]! };
}

export function setField(config: KubectlConfig, path: string, value: string, raw: boolean): void {
  const place = placeOf(config, path);
  const { type } = place;
  if (type === "list") throw plainError("unrecognized slice type. string");
  if (type !== "string" && type !== "bool" && type !== "bytes") {
    const map = type === "struct" ? place.holder(false) : isEntries(type) ? entriesIn(config, type) : {};
    // Go prints where the entries lie in memory.
    const shown = Object.keys(map)
      .sort()
      .map((name) => `${name}:0xc000436410`);
    throw plainError(`can't set a map to a value: map[${shown.join(" ")}]`);
  }
  place.holder(true)[place.key] = valueOf(type, value, raw);
}

const isEntries = (type: FieldType): type is Entries => Object.hasOwn(ENTRY_FIELDS, type);

function valueOf(type: "string" | "bool" | "bytes", value: string, raw: boolean): Json {
  if (type === "string") return value;
  if (type === "bool") {
    const read = parseGoBool(value);
    if (!read.ok) throw plainError(read.error);
    return read.value;
  }
  if (raw) return encodeBase64(value);
  const problem = base64Problem(value);
  if (problem) throw plainError(`error decoding input value: ${problem}`);
  return value;
}

export function unsetField(config: KubectlConfig, path: string): void {
  const { type, holder, key } = placeOf(config, path);
  const object = holder(false);
  if (key === "currentContext") config.currentContext = "";
  else if (isEntries(type)) object[key] = {};
  else if (ALWAYS_SHOWN.has(key) && type === "string") object[key] = "";
  else delete object[key];
}

/** Fields that a kubeconfig shows even if they are empty. */
export const ALWAYS_SHOWN: ReadonlySet<string> = new Set(["server", "cluster", "user"]);
