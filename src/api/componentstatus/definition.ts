// ComponentStatus, v1, deprecated: how the control plane's parts are. It is listed and printed like a kind, but stored
// nowhere: the API server asks the parts whenever somebody reads it.
// Kubernetes: pkg/printers/internalversion/printers.go, printComponentStatus (v1.35)
import type { ListedResource } from "../define.ts";
import { column, nameColumn } from "../table.ts";
import type { ComponentStatus } from "./types.ts";

const healthy = ({ conditions }: ComponentStatus) => conditions.find(({ type }) => type === "Healthy");

function statusCell(object: ComponentStatus): string {
  const condition = healthy(object);
  if (!condition) return "Unknown";
  return condition.status === "True" ? "Healthy" : "Unhealthy";
}

export const componentStatus: ListedResource<ComponentStatus> = {
  group: "",
  version: "v1",
  kind: "ComponentStatus",
  plural: "componentstatuses",
  singular: "componentstatus",
  shortNames: ["cs"],
  categories: [],
  namespaced: false,
  subresources: [],
  verbs: ["get", "list"],
  columns: [
    nameColumn(),
    column({ name: "Status", description: "Status of the component conditions", value: statusCell }),
    column({
      name: "Message",
      description: "Message of the component conditions",
      value: (object) => healthy(object)?.message ?? "",
    }),
    column({
      name: "Error",
      description: "Error of the component conditions",
      value: (object) => healthy(object)?.error ?? "",
    }),
  ],
};
