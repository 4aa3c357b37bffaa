// configMapGenerator and secretGenerator: objects from literals, files and lines of files.
// Kubernetes: sigs.k8s.io/kustomize/api/internal/generators (kubectl v1.35)
import { encodeBase64 } from "#base/base64";
import { emptyRecord, ownValue, type JsonObject } from "#base/json";
import type { KubectlIo } from "../command.ts";
import { plainError } from "../errors.ts";
import { join } from "./paths.ts";
import { metadataOf, type GeneratorArgs, type Item, type Kustomization } from "./types.ts";

type Kind = "ConfigMap" | "Secret";

export function generate(io: KubectlIo, folder: string, kustomization: Kustomization, items: Item[]): void {
  for (const args of kustomization.configMapGenerator ?? [])
    place(items, generated(io, folder, kustomization, args, "ConfigMap"), args);
  for (const args of kustomization.secretGenerator ?? [])
    place(items, generated(io, folder, kustomization, args, "Secret"), args);
}

/** A generated object is new, or merged into or put in place of one of a base. */
function place(items: Item[], item: Item, { behavior = "create" }: GeneratorArgs): void {
  const at = items.findIndex(
    ({ kind, originalName }) => kind === item.kind && originalName === item.originalName,
  );
  if (at < 0 && (behavior === "merge" || behavior === "replace"))
    throw plainError(
      `merging from generator: id resid.ResId{Kind:${JSON.stringify(item.kind)}, Name:${JSON.stringify(item.originalName)}} does not exist; cannot merge or replace`,
    );
  if (at < 0) return void items.push(item);
  if (behavior === "create" || behavior === "unspecified")
    throw plainError(
      `merging from generator: id resid.ResId{Kind:${JSON.stringify(item.kind)}, Name:${JSON.stringify(item.originalName)}} exists; behavior must be merge or replace`,
    );
  const before = items[at]!.object;
  const data = {
    ...(behavior === "merge" ? (before["data"] as JsonObject) : {}),
    ...(item.object["data"] as JsonObject),
  };
  const metadata = { ...metadataOf(before), ...metadataOf(item.object), name: metadataOf(before)["name"]! };
  items[at] = { ...items[at]!, object: { ...before, ...item.object, data, metadata }, hash: item.hash };
}

function generated(
  io: KubectlIo,
  folder: string,
  { generatorOptions = {} }: Kustomization,
  args: GeneratorArgs,
  kind: Kind,
): Item {
  const { name = "", namespace = "", options = {}, type } = args;
  const labels = { ...generatorOptions.labels, ...options.labels };
  const annotations = { ...generatorOptions.annotations, ...options.annotations };
  const immutable = options.immutable ?? generatorOptions.immutable;
  const values = valuesOf(io, folder, args, kind);
  const data = Object.fromEntries(
    Object.keys(values)
      .sort()
      .map((key) => [key, kind === "Secret" ? encodeBase64(values[key]!) : values[key]!]),
  );
  const object: JsonObject = {
    apiVersion: "v1",
    kind,
    metadata: {
      name,
      ...(namespace && { namespace }),
      ...(Object.keys(labels).length > 0 && { labels }),
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    ...(Object.keys(data).length > 0 && { data }),
    ...(kind === "Secret" && { type: type ?? "Opaque" }),
    ...(immutable && { immutable }),
  };
  const hash = !(options.disableNameSuffixHash ?? generatorOptions.disableNameSuffixHash ?? false);
  return { object, kind, originalName: name, namespace, hash };
}

function valuesOf(
  io: KubectlIo,
  folder: string,
  { literals = [], files = [], envs = [], env }: GeneratorArgs,
  kind: Kind,
): Record<string, string> {
  const values = emptyRecord<string>();
  const fail = (why: string): never => {
    throw plainError(`loading KV pairs: ${why}`);
  };
  const add = (key: string, value: string): void => {
    if (Object.hasOwn(values, key))
      fail(
        `cannot add key ${JSON.stringify(key)}, another key by that name already exists in Data for ${kind}`,
      );
    values[key] = value;
  };
  const content = (source: string, path: string): string =>
    io.readFile(join(folder, path)) ??
    fail(`${source} sources: [${path}]: open ${join(folder, path)}: no such file or directory`);
  for (const path of [...envs, ...(env ? [env] : [])])
    for (const raw of content("env", path).split(/\r?\n/)) {
      const line = raw.trimStart();
      if (line === "" || line.startsWith("#")) continue;
      const equals = line.indexOf("=");
      add(
        equals < 0 ? line : line.slice(0, equals),
        equals < 0 ? (ownValue(io.env, line) ?? "") : line.slice(equals + 1),
      );
    }
  for (const source of files) {
    const equals = source.indexOf("=");
    const path = source.slice(equals + 1);
    add(equals < 0 ? path.split("/").at(-1)! : source.slice(0, equals), content("file", path));
  }
  for (const literal of literals) {
    const equals = literal.indexOf("=");
    if (equals < 1)
      fail(`literal sources: [${literal}]: invalid literal source ${literal}, expected key=value`);
    add(literal.slice(0, equals), literal.slice(equals + 1).replace(/^(["'])([^]*)\1$/, "$2"));
  }
  return values;
}
