// Columns that many kinds share, and the cells that lists of values make.
// Kubernetes: pkg/printers/internalversion/printers.go (v1.35)
import type { Column, ColumnContext } from "./define.ts";
import { ageOf } from "./duration.ts";
import type { KubeObject, LabelSelector } from "./meta.ts";
import type { PodTemplateSpec } from "./pod/types.ts";
import { formatLabelSelector, formatSelector } from "./selectors.ts";

export const NONE = "<none>";
export const UNSET = "<unset>";

interface ColumnOptions<T> {
  name: string;
  type?: Column<T>["type"];
  format?: string;
  description?: string;
  wide?: boolean;
  value: Column<T>["value"];
}

export function column<T>({
  name,
  type = "string",
  format = "",
  description = "",
  wide,
  value,
}: ColumnOptions<T>): Column<T> {
  return { name, type, format, description, priority: wide ? 1 : 0, value };
}

export function nameColumn<T extends KubeObject>(): Column<T> {
  const description = "Name of the object, unique in its namespace.";
  return column<T>({ name: "Name", format: "name", description, value: ({ metadata }) => metadata.name });
}

export function ageColumn<T extends KubeObject>(): Column<T> {
  const description = "Time since the object was created.";
  const value = ({ metadata }: T, { nowMs }: ColumnContext): string =>
    ageOf(metadata.creationTimestamp, nowMs);
  return column<T>({ name: "Age", description, value });
}

/** Containers and Images of a pod template, and the selector. */
export function templateColumns<T>(
  templateOf: (object: T) => PodTemplateSpec | undefined,
  selectorOf: (object: T) => string,
): Column<T>[] {
  const containers = (object: T): { name: string; image: string }[] =>
    templateOf(object)?.spec?.containers ?? [];
  return [
    column<T>({
      name: "Containers",
      description: "Names of each container in the template.",
      wide: true,
      value: (object) =>
        containers(object)
          .map(({ name }) => name)
          .join(","),
    }),
    column<T>({
      name: "Images",
      description: "Images referenced by each container in the template.",
      wide: true,
      value: (object) =>
        containers(object)
          .map(({ image }) => image)
          .join(","),
    }),
    column<T>({ name: "Selector", description: "", wide: true, value: selectorOf }),
  ];
}

export const selectorCell = (selector: Record<string, string> | undefined): string =>
  formatSelector(selector);
export const labelSelectorCell = (selector: LabelSelector | undefined): string =>
  formatLabelSelector(selector);
