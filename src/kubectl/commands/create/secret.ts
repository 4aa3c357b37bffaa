// `kubectl create secret`: generic, tls, docker-registry.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/create/create_secret*.go (v1.35)
import { encodeBase64 } from "#base/base64";
import type { JsonObject } from "#base/json";
import { goJsonInOrder } from "../../apply/last-applied.ts";
import type { Command, FlagValues, KubectlIo } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { flag, list, text } from "../../flags.ts";
import { ownNamespace } from "../../writing/create-object.ts";
import { aFlag } from "../../writing/flag-sets.ts";
import { defineGroup } from "../../group.ts";
import { contentHash } from "./content-hash.ts";
import { defineGenerator } from "./generator.ts";
import { readSources, SOURCE_FLAGS } from "./sources.ts";

const APPEND_HASH = SOURCE_FLAGS.at(-1)!;

const group = defineGroup({
  name: "create secret",
  short: "Create a secret using a specified subcommand",
  long: "Create a secret with specified type.\n\n A docker-registry type secret is for accessing a container registry.\n\n A generic type secret indicate an Opaque secret type.\n\n A tls type secret holds TLS certificate and its associated key.",
  examples: "",
  usage: "create secret (docker-registry | generic | tls)",
});

const generic = defineGenerator({
  name: "create secret generic",
  short: "Create a secret from a local file, directory, or literal value",
  examples:
    "# From values on the line\nkubectl create secret generic login --from-literal=user=admin --from-literal=password=s3cret",
  usage:
    "create secret generic NAME [--type=string] [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]",
  flags: [...SOURCE_FLAGS, aFlag("type", "string", "", "Type of the secret")],
  plural: "secrets",
  failure: "failed to create secret ",
  build: (name, flags, io) =>
    secret(name, flags, text(flags, "type"), readSources("Secret", name, flags, io)),
});

const tls = defineGenerator({
  name: "create secret tls",
  short: "Create a TLS secret",
  examples:
    "# From a certificate and its key, both PEM\nkubectl create secret tls tls-secret --cert=tls.cert --key=tls.key",
  usage:
    "create secret tls NAME --cert=path/to/cert/file --key=path/to/key/file [--dry-run=server|client|none]",
  flags: [
    aFlag("cert", "string", "", "File with the certificate, PEM"),
    aFlag("key", "string", "", "File with the certificate's key"),
    APPEND_HASH,
  ],
  plural: "secrets",
  failure: "failed to create secret ",
  build: (name, flags, io) => {
    const [cert, key] = [text(flags, "cert"), text(flags, "key")];
    if (!cert || !key) throw plainError("key and cert must be specified");
    const data = { "tls.crt": readPem(io, cert), "tls.key": readPem(io, key) };
    // Simplified: whether the key belongs to the certificate is not computed.
    if (!/-----BEGIN CERTIFICATE-----/.test(data["tls.crt"]))
      throw plainError("tls: failed to find any PEM data in certificate input");
    if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(data["tls.key"]))
      throw plainError("tls: failed to find any PEM data in key input");
    return secret(name, flags, "kubernetes.io/tls", data);
  },
});

function readPem(io: KubectlIo, path: string): string {
  const content = io.readFile(path);
  if (content === undefined)
    throw plainError(`Cannot read file ${path}, open ${path}: no such file or directory`);
  return content;
}

const dockerRegistry = defineGenerator({
  name: "create secret docker-registry",
  short: "Create a secret for use with a Docker registry",
  examples:
    "# For a registry of one's own\nkubectl create secret docker-registry registry --docker-server=registry.example.com --docker-username=me --docker-password=s3cret",
  usage:
    "create secret docker-registry NAME --docker-username=user --docker-password=password --docker-email=email [--docker-server=string] [--from-file=[key=]source] [--dry-run=server|client|none]",
  flags: [
    aFlag("docker-server", "string", "https://index.docker.io/v1/", "Address of the registry"),
    aFlag("docker-username", "string", "", "User name at the registry"),
    aFlag("docker-password", "string", "", "Password at the registry"),
    aFlag("docker-email", "string", "", "Email address at the registry"),
    aFlag("from-file", "stringList", "[]", "A docker config file, with or without a key before it"),
    APPEND_HASH,
  ],
  plural: "secrets",
  failure: "failed to create secret ",
  build: (name, flags, io) => {
    const files = list(flags, "from-file");
    if (files.length > 0) {
      const keyed = files.map((file) => (file.includes("=") ? file : `.dockerconfigjson=${file}`));
      const data = readSources("Secret", name, { ...flags, "from-file": keyed }, io);
      return secret(name, flags, "kubernetes.io/dockerconfigjson", data);
    }
    const [server, username, password, email] = ["server", "username", "password", "email"].map((word) =>
      text(flags, `docker-${word}`),
    );
    const missing = [
      ...(username ? [] : ["--docker-username"]),
      ...(password ? [] : ["--docker-password"]),
      ...(server ? [] : ["--docker-server"]),
    ];
    if (missing.length > 0)
      throw plainError(
        `either --from-file or the combination of --docker-username, --docker-password and --docker-server is required`,
      );
    const auth = encodeBase64(`${username}:${password}`);
    const entry = { username: username!, password: password!, ...(email && { email }), auth };
    const config = goJsonInOrder({ auths: { [server!]: entry } });
    return secret(name, flags, "kubernetes.io/dockerconfigjson", { ".dockerconfigjson": config });
  },
});

function secret(name: string, flags: FlagValues, type: string, data: Record<string, string>): JsonObject {
  const encoded = Object.fromEntries(Object.entries(data).map(([key, value]) => [key, encodeBase64(value)]));
  const hash = flag(flags, "append-hash")
    ? `-${contentHash({ data: encoded, kind: "Secret", name, type })}`
    : "";
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: `${name}${hash}`, ...ownNamespace(flags) },
    ...(Object.keys(data).length > 0 && { data: encoded }),
    ...(type && { type }),
  };
}

export const createSecret: readonly Command[] = [group, dockerRegistry, generic, tls];
