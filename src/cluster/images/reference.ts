// Image references as containerd reads them: "nginx" is docker.io/library/nginx:latest.
// Kubernetes: pkg/util/parsers, github.com/distribution/reference (v1.35)

export interface Reference {
  /** docker.io, registry.k8s.io ... */
  registry: string;
  /** library/nginx */
  path: string;
  /** docker.io/library/nginx */
  repository: string;
  tag: string;
  digest?: string;
  /** docker.io/library/nginx:latest */
  full: string;
}

/** What was read before; a cluster has few images and asks for each of them often. */
const read = new Map<string, Reference | undefined>();
const MOST_READ = 1000;

/** Undefined if the text is no reference; upper-case letters are the usual reason. */
export function parseReference(image: string): Reference | undefined {
  if (read.has(image)) return read.get(image);
  const reference = parse(image);
  if (read.size >= MOST_READ) read.clear();
  read.set(image, reference);
  return reference;
}

function parse(image: string): Reference | undefined {
  const match = /^([^@]+?)(?::([\w][\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(image);
  if (!match) return undefined;
  const [, name = "", tag, digest] = match;
  const slash = name.indexOf("/");
  const first = slash < 0 ? "" : name.slice(0, slash);
  const hasRegistry = first !== "" && (/[.:]/.test(first) || first === "localhost");
  const given = hasRegistry ? first : "docker.io";
  const registry = given === "index.docker.io" ? "docker.io" : given;
  let path = hasRegistry ? name.slice(slash + 1) : name;
  if (!/^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/.test(path)) {
    return undefined;
  }
  if (registry === "docker.io" && !path.includes("/")) path = `library/${path}`;
  const repository = `${registry}/${path}`;
  const reference = { registry, path, repository, tag: tag ?? (digest ? "" : "latest") };
  const suffix = `${reference.tag ? `:${reference.tag}` : ""}${digest ? `@${digest}` : ""}`;
  return { ...reference, ...(digest ? { digest } : {}), full: `${repository}${suffix}` };
}
