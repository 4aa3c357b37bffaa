// The packets that the last frame drew, and which one lies under the pointer.
import { pointAt, type Point } from "../../layout/route.ts";
import type { Packet } from "./flight.ts";
import { halfWidth } from "./paint.ts";

/** Written each frame; no React state. */
export const packetsOnScreen: { current: readonly Packet[] } = { current: [] };

/** The packet at a point of the picture, the topmost first. */
export function packetAt(packets: readonly Packet[], x: number, y: number): Packet | null {
  const spot: Point = { x: 0, y: 0 };
  for (let i = packets.length - 1; i >= 0; i--) {
    const packet = packets[i]!;
    pointAt(packet.route, packet.at, spot);
    if (Math.abs(spot.y - y) <= 12 && Math.abs(spot.x - x) <= halfWidth(packet.journey.id) + 6) return packet;
  }
  return null;
}
