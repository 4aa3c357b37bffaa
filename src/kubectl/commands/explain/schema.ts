// What explain knows of a type: its fields from the server's own type tables, with descriptions laid over them where the
// terminal has some.
import type { FieldType, TypeTable } from "#api/define";
import { TYPES } from "#api/type-table";

/** Descriptions by type: a JSON schema with one definition a type. */
export interface TypeDocs {
  definitions: Record<
    string,
    {
      description?: string;
      required?: readonly string[];
      properties?: Record<string, { description?: string; enum?: readonly string[] }>;
    }
  >;
}

export interface Field {
  name: string;
  /** "[]ServicePort", "map[string]string", "integer" */
  type: string;
  description: string;
  required: boolean;
  values: readonly string[];
  /** The type whose fields this one's value has. */
  inner?: string;
}

const SCALARS: Record<string, string> = {
  string: "string",
  bytes: "string",
  bool: "boolean",
  int32: "integer",
  int64: "integer",
  float: "number",
  quantity: "Quantity",
  intOrString: "IntOrString",
  time: "Time",
  microTime: "MicroTime",
  any: "Object",
};

function typeText(type: FieldType): string {
  if (type.kind === "list") return `[]${typeText(type.of)}`;
  if (type.kind === "map") return `map[string]${typeText(type.of)}`;
  if (type.kind === "ref") return goName(type.type);
  return SCALARS[type.kind] ?? "Object";
}

const goName = (type: string): string => (TYPES as TypeTable)[type]?.goType?.replace(/^.*\./, "") ?? type;

/** The named type at the end of lists and maps. */
function innerType(type: FieldType): string | undefined {
  if (type.kind === "list" || type.kind === "map") return innerType(type.of);
  return type.kind === "ref" ? type.type : undefined;
}

const OWN: Record<string, string> = {
  apiVersion: "The group and version of the schema that this object follows.",
  kind: "The type of the object, in CamelCase. It cannot be changed.",
};

/** The fields of a type, by name; undefined where the type has none. */
export function fieldsOf(type: string, root: boolean, docs: TypeDocs | undefined): Field[] | undefined {
  const info = (TYPES as TypeTable)[type];
  if (!info) return undefined;
  const documented = docs?.definitions[type];
  const fields: Record<string, FieldType> = {
    ...(root && { apiVersion: { kind: "string" }, kind: { kind: "string" } }),
    ...info.fields,
  };
  return Object.keys(fields)
    .sort()
    .map((name) => {
      const field = fields[name]!;
      const own = documented?.properties?.[name];
      const inner = innerType(field);
      return {
        name,
        type: typeText(field),
        description: own?.description ?? (root ? (OWN[name] ?? "") : ""),
        required: !root && (documented?.required?.includes(name) ?? false),
        values: root && name in OWN ? [] : (own?.enum ?? []),
        ...(inner !== undefined && { inner }),
      };
    });
}

export function descriptionOf(type: string, docs: TypeDocs | undefined): string {
  return docs?.definitions[type]?.description ?? "";
}
