// All simulated images, and how a reference finds its image.
import { agnhost, pause } from "./agnhost.ts";
import { alpine, busybox, curlImage, debian, dnsutils, jessieDnsutils, netshoot, ubuntu } from "./busybox.ts";
import { mariadb, memcached, mongo, mysql, postgres, redis } from "./databases.ts";
import {
  echoserver,
  echoserverTest,
  helloApp,
  helloAppUs,
  httpEcho,
  nodeHello,
  whoami,
  whoamiOld,
} from "./demos.ts";
import { genericImage } from "./generic.ts";
import { httpd } from "./httpd.ts";
import { onAlpine, type Image } from "./image.ts";
import { kubia, kubiaUnhealthy } from "./kubia.ts";
import { labEcho } from "./lab-echo.ts";
import { nginx, nginxUnprivileged } from "./nginx.ts";
import { parseReference } from "./reference.ts";
import { coredns, ingressNginx, kubeProxy } from "./system.ts";

export const IMAGES: readonly Image[] = [
  agnhost,
  alpine,
  busybox,
  coredns,
  curlImage,
  debian,
  dnsutils,
  echoserver,
  echoserverTest,
  helloApp,
  helloAppUs,
  httpd,
  httpEcho,
  ingressNginx,
  jessieDnsutils,
  kubeProxy,
  kubia,
  kubiaUnhealthy,
  labEcho,
  mariadb,
  memcached,
  mongo,
  mysql,
  netshoot,
  nginx,
  nginxUnprivileged,
  nodeHello,
  pause,
  postgres,
  redis,
  ubuntu,
  whoami,
  whoamiOld,
];

const BY_REPOSITORY = new Map(IMAGES.map((image) => [image.repository, image]));

/** Images that were asked for: a memory of pure results, so that thousands of containers share one layer. */
const found = new Map<string, Image>();

/** Other names of the same images, one step at a time: registries that moved, copies of Docker Hub's official ones. */
const MOVED: readonly [from: RegExp, to: string][] = [
  [/^(?:k8s\.gcr\.io|gcr\.io\/google[_-]containers)\//, "registry.k8s.io/"],
  [/^gcr\.io\/kubernetes-e2e-test-images\//, "registry.k8s.io/e2e-test-images/"],
  [/^registry\.k8s\.io\/nginx-slim$/, "docker.io/library/nginx"],
  [
    /^registry\.k8s\.io\/(?:e2e-test-images\/)?(?=(?:busybox|httpd|mysql|nginx|redis)$)/,
    "docker.io/library/",
  ],
  [/^(?:public\.ecr\.aws\/docker|mirror\.gcr\.io|docker\.m\.daocloud\.io)\/library\//, "docker.io/library/"],
];

export function knownImage(repository: string): Image | undefined {
  const known = BY_REPOSITORY.get(repository);
  if (known) return known;
  const move = MOVED.find(([from]) => from.test(repository));
  return move && knownImage(repository.replace(...move));
}

/** The image behind a reference; a generic one if it is not modelled. Whether it may be pulled says resolve.ts. */
export function imageOf(reference: string): Image {
  let image = found.get(reference);
  if (!image) {
    const parsed = parseReference(reference);
    const known = knownImage(parsed?.repository ?? reference);
    const isAlpine = /alpine/.test(parsed?.tag ?? "");
    if (known) image = isAlpine ? onAlpine(known) : known;
    else image = genericImage(parsed?.repository ?? reference);
    found.set(reference, image);
  }
  return image;
}
