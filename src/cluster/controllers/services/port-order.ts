// The order in which Endpoints and EndpointSlices list their ports: by a 128-bit FNV-1a hash of what Go prints of each.
// Kubernetes: pkg/api/v1/endpoints/util.go, staging/src/k8s.io/endpointslice/util/controller_utils.go (v1.35)
import type { EndpointPort } from "#api/endpoints/types";
import type { EndpointSlicePort } from "#api/endpointslice/types";
import { encodeUtf8 } from "#base/utf8";

export function endpointPortsInOrder(ports: readonly EndpointPort[]): EndpointPort[] {
  return inOrder(ports, ({ name, port, protocol, appProtocol }) => [
    `Name:(string)${name ?? ""}`,
    `Port:(int32)${port}`,
    `Protocol:(v1.Protocol)${protocol ?? ""}`,
    `AppProtocol:(*string)${appProtocol ?? "<nil>"}`,
  ]);
}

export function slicePortsInOrder(ports: readonly EndpointSlicePort[]): EndpointSlicePort[] {
  return inOrder(ports, ({ name, port, protocol, appProtocol }) => [
    `Name:(*string)${name ?? "<nil>"}`,
    `Protocol:(*v1.Protocol)${protocol ?? "<nil>"}`,
    `Port:(*int32)${port ?? "<nil>"}`,
    `AppProtocol:(*string)${appProtocol ?? "<nil>"}`,
  ]);
}

function inOrder<Port>(ports: readonly Port[], fieldsOf: (port: Port) => string[]): Port[] {
  if (ports.length < 2) return [...ports];
  const hashed = ports.map((port) => ({
    port,
    hash: fnv128(`(v1.EndpointPort){${fieldsOf(port).join(" ")}}`),
  }));
  return hashed.sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0)).map(({ port }) => port);
}

/** The offset basis in words of 32 bits, the lowest first; the prime is 2^88 + 0x13b. */
const OFFSET = [0x6295c58d, 0x62b82175, 0x07bb0142, 0x6c62272e] as const;
const PRIME_LOW = 0x13b;
const WORD = 2 ** 32;

/** 32 hexadecimal digits. */
export function fnv128(text: string): string {
  let [a, b, c, d]: [number, number, number, number] = [...OFFSET];
  for (const byte of encodeUtf8(text)) {
    a = (a ^ byte) >>> 0;
    const low = a * PRIME_LOW;
    const second = b * PRIME_LOW + Math.floor(low / WORD);
    const third = c * PRIME_LOW + Math.floor(second / WORD) + ((a << 24) >>> 0);
    d = (d * PRIME_LOW + Math.floor(third / WORD) + (a >>> 8) + ((b << 24) >>> 0)) >>> 0;
    [a, b, c] = [low >>> 0, second >>> 0, third >>> 0];
  }
  return [d, c, b, a].map((word) => word.toString(16).padStart(8, "0")).join("");
}
