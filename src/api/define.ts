// What a kind is to the API server: its names, its types, defaults, validation and columns. A folder per kind defines
// one; registry.ts lists them.
import type { Json, JsonObject } from "#base/json";
import type { KindName } from "./kinds.ts";

/** Go's view of a field, for strict decoding and strategic merge. */
export type FieldType = FieldShape & {
  /** Written even when it holds the zero value: Go's field has no omitempty, or is a struct that is no pointer. */
  always?: boolean;
  /** A pointer, so that a zero value that was given is kept: `replicas: 0`. */
  pointer?: boolean;
};

type FieldShape =
  | { kind: "ref"; type: string }
  | {
      kind: "list";
      of: FieldType;
      /** Items are merged by this field. */ mergeKey?: string;
      /** Lists of scalars that are merged as sets. */ mergeSet?: boolean;
    }
  | {
      kind: "map";
      of: FieldType;
      /** Go's name of the map, such as "v1.ResourceList"; absent: map[string]... */ goType?: string;
    }
  | {
      /** Go's name where it is not the kind itself, such as "v1.Protocol". */ goType?: string;
      kind:
        | "string"
        | "bool"
        | "int32"
        | "int64"
        | "float"
        | "quantity"
        | "intOrString"
        | "bytes"
        | "time"
        | "microTime"
        | "any";
    };

export interface TypeInfo {
  fields: Record<string, FieldType>;
  /** As Go prints it in decoding errors, such as "v1.ServicePort"; absent: "v1." and the type's name. */
  goType?: string;
  /** Fields promoted from an embedded struct, and its name: "exec" of Probe stands in "ProbeHandler". */
  embedded?: Record<string, string>;
}

/** By Go type name: "Service", "ServiceSpec", "ServicePort" ... */
export type TypeTable = Record<string, TypeInfo>;

export type FieldErrorType =
  | "required"
  | "invalid"
  | "notSupported"
  | "duplicate"
  | "forbidden"
  | "tooLong"
  | "tooMany"
  | "typeInvalid"
  | "notFound"
  | "internal";

export interface FieldError {
  /** `spec.ports[0].nodePort` */
  field: string;
  type: FieldErrorType;
  /** The offending value, printed as Go prints it. */
  value?: Json;
  /** For notSupported: the supported values; for tooLong and tooMany: the limit stands in detail. */
  detail: string;
}

export interface ColumnContext {
  /** Wall-clock ms since 1970 at the moment of printing, for ages. */
  nowMs: number;
}

/** A column of the server-side table. */
export interface Column<T = JsonObject> {
  name: string;
  type: "string" | "integer" | "number" | "boolean" | "date";
  /** "name" marks the object's name. */
  format: string;
  description: string;
  /** 0 always shown, 1 with -o wide. */
  priority: number;
  value(object: T, context: ColumnContext): Json;
}

interface ValidationContext {
  /** An object that the new one replaces. */
  previous?: JsonObject;
}

/** What discovery and tables tell of a resource, whether or not its objects are stored. */
export interface ListedResource<T = JsonObject> {
  /** "" for core. */
  group: string;
  version: string;
  kind: string;
  plural: string;
  singular: string;
  shortNames: readonly string[];
  categories: readonly string[];
  namespaced: boolean;
  subresources: readonly ("status" | "scale")[];
  /** Absent: all of them. */
  verbs?: readonly string[];
  columns: readonly Column<T>[];
}

export interface KindDefinition<T = JsonObject> extends ListedResource<T> {
  kind: KindName;
  /** Root in the type table. */
  type: string;
  /** A new object with every default that the server writes; takes decoded, possibly invalid data. */
  defaults(object: JsonObject): JsonObject;
  /** Errors in Kubernetes' order; metadata is checked by the server for every kind. */
  validate(object: T, context: ValidationContext): FieldError[];
  /** Everything that an update is checked for (but metadata), in Kubernetes' order. */
  validateUpdate(next: T, previous: T): FieldError[];
  /** What a new status is checked for. */
  validateStatus?(next: T): FieldError[];
  /** Clears what clients may not set (status), sets what the server owns; `warn` takes texts of Warning headers. */
  prepareForCreate?(object: JsonObject, warn: (text: string) => void): JsonObject;
  prepareForUpdate?(next: JsonObject, previous: JsonObject): JsonObject;
  /** Texts of Warning headers. */
  warnings?(object: T, previous?: T): string[];
  /** How names are checked. */
  nameRule: "dns1123Subdomain" | "dns1123Label" | "dns1035Label" | "pathSegment";
}

/**
 * Erases the object's type, so that kinds stand in one list. What an update is checked for comes in the order of
 * updates from validateUpdate alone, so validate is silent when there is a previous object.
 */
export function defineKind<T>(definition: KindDefinition<T>): KindDefinition {
  const { validate } = definition;
  const once: KindDefinition<T> = {
    ...definition,
    validate: (object, context) => (context.previous ? [] : validate(object, context)),
  };
  return once as unknown as KindDefinition;
}
