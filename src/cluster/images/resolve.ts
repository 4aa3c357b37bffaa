// Whether a reference can be pulled, in the words of containerd, and how long the first pull on a node takes.
import type { Runtime } from "../process/types.ts";
import { IMAGES, knownImage } from "./registry.ts";
import { parseReference, type Reference } from "./reference.ts";

type Resolved = ReturnType<Runtime["resolveImage"]>;

/** A tag as publishers write them: a version, a word that moves along, or one of these with a base system. */
const VERSION =
  /^(?:v?\d+(?:\.\d+)*(?:[-._+]?(?:[a-z][\w.-]*))?|(?:latest|stable|edge|mainline|lts|slim|alpine|perl|musl|glibc|uclibc|rolling|devel|bookworm|bullseye|trixie|jammy|noble|focal|sid)(?:-[\w.-]+)?)$/;

/** Official images of Docker Hub that exist but are not modelled. */
const OFFICIAL = new Set(
  "adminer amazoncorretto bash caddy cassandra centos chronograf clojure consul couchbase couchdb cratedb drupal eclipse-mosquitto eclipse-temurin elasticsearch elixir erlang fedora flink fluentd gcc ghost golang gradle haproxy haskell hello-world influxdb java jenkins jetty joomla jruby julia kapacitor kibana kong logstash matomo maven mediawiki mongo-express nats neo4j nextcloud node odoo openjdk oraclelinux perl photon php phpmyadmin postfixadmin pypy python rabbitmq r-base redmine registry rethinkdb rocket.chat rockylinux ruby rust solr sonarqube spark storm swift telegraf tomcat tomee traefik vault varnish websphere-liberty wordpress xwiki zookeeper almalinux alt buildpack-deps api-firewall archlinux".split(
    " ",
  ),
);

/** Registries that answer for any repository: which ones they hold is not known here. */
const OPEN_REGISTRIES =
  /^(?:docker\.io|ghcr\.io|quay\.io|(?:(?:us|eu|asia|mirror|k8s)\.)?gcr\.io|(?:registry\.)?cgr\.dev|cr\.l5d\.io|docker\.elastic\.co|lscr\.io|mcr\.microsoft\.com|nvcr\.io|public\.ecr\.aws|registry\.access\.redhat\.com|registry\.gitlab\.com|docker\.m\.daocloud\.io|[\w.-]+\.(?:aliyuncs\.com|amazonaws\.com|azurecr\.io|myhuaweicloud\.com|pkg\.dev|tencentyun\.com))$/;

export function resolveImage(image: string): Resolved {
  const reference = parseReference(image);
  if (!reference) return { found: false, error: invalidName(image) };
  const known = knownImage(reference.repository);
  // What a copy of the image holds is not known.
  const isOriginal = known?.repository === reference.repository;
  const failure = !known
    ? unknownRepository(reference)
    : isOriginal
      ? missingTag(known.tags, reference)
      : badTag(reference);
  if (failure !== undefined) return { found: false, error: failure };
  const sizeBytes = known?.sizeBytes ?? 120_000_000;
  // Simplified: 100 MB a second after 300 ms of talk with the registry, the same for every node.
  return { found: true, sizeBytes, pullMs: 300 + Math.round(sizeBytes / 100_000), generic: !known };
}

// Kubernetes: pkg/kubelet/images/image_manager.go, InvalidImageName (v1.35)
function invalidName(image: string): string {
  const name = image.replace(/:[\w][\w.-]*$/, "");
  const full = /:[\w][\w.-]*$/.test(image) ? image : `${image}:latest`;
  const path = name.includes("/") ? name : `library/${name}`;
  const reason = /[A-Z]/.test(name)
    ? `invalid reference format: repository name (${path}) must be lowercase`
    : "invalid reference format";
  return `Failed to apply default image tag "${full}": couldn't parse image name "${full}": ${reason}`;
}

function missingTag(
  tags: readonly string[] | ((tag: string) => boolean) | undefined,
  reference: Reference,
): string | undefined {
  const { tag, digest } = reference;
  if (digest) return undefined;
  const exists =
    typeof tags === "function"
      ? tags(tag)
      : tags
        ? tags.includes(tag)
        : VERSION.test(tag) && isRealVersion(reference);
  return exists ? undefined : notFound(reference);
}

/** Simplified: how high the versions of the best-known images go, so that busybox:9.99 does not exist. */
const HIGHEST_MAJOR: Record<string, number> = {
  "docker.io/library/alpine": 3,
  "docker.io/library/busybox": 1,
  "docker.io/library/httpd": 2,
  "docker.io/library/mongo": 8,
  "docker.io/library/mysql": 9,
  "docker.io/library/nginx": 1,
  "docker.io/library/postgres": 18,
  "docker.io/library/redis": 8,
  "docker.io/library/ubuntu": 26,
  "docker.io/library/debian": 13,
  "registry.k8s.io/pause": 3,
  "registry.k8s.io/e2e-test-images/agnhost": 2,
};

function isRealVersion({ repository, tag }: Reference): boolean {
  const major = /^v?(\d+)/.exec(tag)?.[1];
  const highest = HIGHEST_MAJOR[repository];
  return major === undefined || highest === undefined || Number(major) <= highest;
}

function notFound({ full }: Reference): string {
  return `rpc error: code = NotFound desc = failed to pull and unpack image "${full}": failed to resolve image: ${full}: not found`;
}

function denied({ full }: Reference): string {
  return `failed to pull and unpack image "${full}": failed to resolve image: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`;
}

function noSuchHost({ full, registry, path, tag }: Reference): string {
  return `failed to pull and unpack image "${full}": failed to resolve image: failed to do request: Head "https://${registry}/v2/${path}/manifests/${tag}": dial tcp: lookup ${registry} on 192.168.8.10:53: no such host`;
}

/**
 * Simplified: which images exist in the world is not known. On Docker Hub the official images are, so any other
 * name without a user is a typo, and so is a name one or two letters away from a modelled image, or one that says
 * "nosuch". Every other repository of a public registry exists and is generic; registry.k8s.io holds only the
 * modelled ones and what its tests and add-ons use; other hosts have no address.
 */
function unknownRepository(reference: Reference): string | undefined {
  const { registry, path, repository, tag } = reference;
  const isBogus = /no-?such|does-?not-?exist|non-?exist|missing|invalid|wrong|typo|bogus|nowhere/.test(path);
  if (registry === "docker.io") {
    const name = path.slice("library/".length);
    if (path.startsWith("library/")) return OFFICIAL.has(name) ? badTag(reference) : denied(reference);
    return isBogus || isTypo(repository) ? denied(reference) : badTag(reference);
  }
  if (registry === "registry.k8s.io")
    return isBogus || isTypo(repository) ? notFound(reference) : badTag(reference);
  if (/^localhost(:|$)|^127\./.test(registry)) {
    const url = `Head "http://${registry}/v2/${path}/manifests/${tag}"`;
    const address = registry.replace("localhost", "127.0.0.1").replace(/^([^:]+)$/, "$1:80");
    return `failed to pull and unpack image "${reference.full}": failed to resolve image: failed to do request: ${url}: dial tcp ${address}: connect: connection refused`;
  }
  if (!OPEN_REGISTRIES.test(registry)) return noSuchHost(reference);
  return isBogus || isTypo(repository) ? notFound(reference) : badTag(reference);
}

/** A tag that says itself that it does not exist. */
function badTag(reference: Reference): string | undefined {
  return /no-?such|does-?not-?exist|non-?exist|missing|bogus|typo/.test(reference.tag)
    ? notFound(reference)
    : undefined;
}

/** One or two letters away from a modelled image. */
function isTypo(repository: string): boolean {
  return IMAGES.some((image) => {
    const limit = image.repository.length - image.repository.indexOf("/") > 8 ? 2 : 1;
    const close = Math.abs(image.repository.length - repository.length) <= limit;
    return close && distance(image.repository, repository) <= limit;
  });
}

/** Edits between two texts, a swap of neighbours counting once. */
export function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let best = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1));
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        best = Math.min(best, before[column - 2]! + 1);
      }
      current.push(best);
    }
    before = last;
    last = current;
  }
  return last[b.length]!;
}
