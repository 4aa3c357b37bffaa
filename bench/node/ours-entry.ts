// The doors of Kubelanes' cluster and links, bundled for Node.
export { createCluster } from "../../src/cluster/cluster.ts";
export { DEFAULT_SETTINGS } from "../../src/cluster/settings.ts";
export { decodeLink, encodeLink } from "../../src/session/link/link.ts";
