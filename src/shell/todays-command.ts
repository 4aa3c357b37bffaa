// What a line from an old book is called today, to be inserted with one key.
import type { OutdatedForm } from "#kubectl/outdated";

export interface Hint {
  form: OutdatedForm;
  command?: string;
}

/** Undefined where the line is none that only changed its form. */
export function todaysCommand(argv: readonly string[]): string | undefined {
  const words = argv.slice(1);
  const generator = words.findIndex((word) => word.startsWith("--generator"));
  if (generator >= 0 && words.includes("run")) return withoutGenerator(words, generator);
  if (words[0] === "exec" && !words.includes("--")) return withDashes(words);
  return undefined;
}

/** --generator=run/v1 made a ReplicationController, for which a Deployment stands today; run-pod/v1 a pod. */
function withoutGenerator(words: readonly string[], at: number): string {
  const joined = /^--generator=(.*)$/.exec(words[at]!)?.[1];
  // Books break the line after the "=", so that the value stands apart.
  const apart = joined === undefined || joined === "";
  const value = apart ? (words[at + 1] ?? "") : joined;
  const rest = words.filter((_, index) => index !== at && !(apart && index === at + 1));
  const isPod = !/^(run\/v1|deployment\/)/.test(value);
  return line(isPod ? rest : rest.flatMap((word) => (word === "run" ? ["create", "deployment"] : [word])));
}

/** Flags that take the next word as their value. */
const VALUED = new Set(["-c", "--container", "-n", "--namespace"]);

function withDashes(words: readonly string[]): string {
  for (let index = 1; index < words.length; index++) {
    const word = words[index]!;
    if (VALUED.has(word)) index++;
    else if (!word.startsWith("-"))
      return line([...words.slice(0, index + 1), "--", ...words.slice(index + 1)]);
  }
  return line([...words, "--"]);
}

const APPS = new Set(["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet"]);

/** What helps with a manifest of a version that is gone, by what kubectl says of it. */
export function todaysVersion(stderr: string, argv: readonly string[]): string | undefined {
  const [, kind = "", version = ""] =
    /no matches for kind "(\w+)" in version "((?:extensions|apps|networking\.k8s\.io)\/v1beta\d)"/.exec(
      stderr,
    ) ?? [];
  // An Ingress is not only of another version: its backends are written differently.
  if (kind === "Ingress") return "kubectl explain ingress.spec.rules.http.paths --recursive";
  const file = fileOf(argv);
  if (!APPS.has(kind) || file === undefined || file === "-") return undefined;
  return `sed -i 's#${version}#apps/v1#' ${file} && ${line(argv.slice(1))}`;
}

function fileOf(argv: readonly string[]): string | undefined {
  const at = argv.findIndex((word) => /^(-f|--filename)/.test(word));
  return /^(?:-f=?|--filename=)(.+)$/.exec(argv[at] ?? "")?.[1] ?? argv[at + 1];
}

const line = (words: readonly string[]): string =>
  [
    "kubectl",
    ...words.map((word) => (/^[\w@%+=:,./~-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)),
  ].join(" ");
