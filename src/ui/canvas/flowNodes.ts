// Cards as React Flow nodes. A node whose card says the same at the same place is the same object, so that React skips it.
import type { Node as FlowNode } from "@xyflow/react";
import { deepEqual } from "#base/json";
import type { Card } from "../layout/cards.ts";
import type { Scene } from "../layout/scene.ts";
import { dotGrid, groupWidth } from "../layout/sizes.ts";

let last = new Map<string, FlowNode>();

function dataOf(card: Card, scene: Scene): Record<string, unknown> {
  const { profile } = scene.geometry;
  const data = { card, small: profile === "small", narrow: profile === "medium" };
  return card.type === "group"
    ? { ...data, grid: dotGrid(card, scene.geometry), width: groupWidth(card, scene.geometry) }
    : data;
}

export function flowNodes(scene: Scene): FlowNode[] {
  const next = new Map<string, FlowNode>();
  const nodes = scene.cards.map((card): FlowNode => {
    const rect = scene.rects.get(card.id)!;
    const node: FlowNode = {
      id: card.id,
      // "group" is a built-in of React Flow with a look of its own.
      type: card.type === "group" ? "workload" : card.type,
      position: { x: rect.x, y: rect.y },
      width: rect.w,
      height: rect.h,
      // Frames lie under the cards that stand in them.
      zIndex: card.type === "node" ? -2 : 0,
      draggable: false,
      data: dataOf(card, scene),
    };
    const before = last.get(card.id);
    const same = before !== undefined && deepEqual(before.data, node.data) && samePlace(before, node);
    const kept = same ? before : node;
    next.set(card.id, kept);
    return kept;
  });
  last = next;
  return nodes;
}

function samePlace(a: FlowNode, b: FlowNode): boolean {
  return (
    a.position.x === b.position.x &&
    a.position.y === b.position.y &&
    a.width === b.width &&
    a.height === b.height
  );
}
