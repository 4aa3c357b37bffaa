// The flags of `kubectl get`.
import type { Flag } from "../../command.ts";
import {
  ALL_NAMESPACES_FLAG,
  bool,
  FIELD_SELECTOR_FLAG,
  fileFlags,
  SELECTOR_FLAG,
  string,
} from "../../common-flags.ts";
import { TEMPLATE_FLAGS } from "../../printers/print.ts";

export const GET_FORMATS =
  "custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,wide,yaml";

export const GET_FLAGS: readonly Flag[] = [
  ALL_NAMESPACES_FLAG,
  {
    name: "chunk-size",
    type: "int",
    default: "500",
    help: "Asks for long lists in parts of this size; 0: all at once",
  },
  FIELD_SELECTOR_FLAG,
  ...fileFlags("of what to get"),
  bool("ignore-not-found", "Says nothing of objects that do not exist"),
  {
    name: "label-columns",
    short: "L",
    type: "stringList",
    default: "[]",
    help: "Labels to show as columns of their own; may stand several times",
  },
  bool("no-headers", "Leaves the column headers out"),
  string(
    "output",
    "Output format: json, yaml, kyaml, name, go-template, go-template-file, template, templatefile, jsonpath, jsonpath-as-json, jsonpath-file, custom-columns, custom-columns-file or wide",
    { short: "o" },
  ),
  bool("output-watch-events", "Prints what happened besides the object, with --watch or --watch-only"),
  string("raw", "Path to ask the server for, as it is"),
  SELECTOR_FLAG,
  bool("server-print", "Lets the server choose the columns", { default: "true" }),
  bool("show-kind", "Puts the kind before each name"),
  bool("show-labels", "Shows all labels as the last column"),
  string(
    "sort-by",
    "JSONPath of the field by which lists are sorted (such as '{.metadata.name}'); a number or a text",
  ),
  string("subresource", "Subresource to get, such as status or scale"),
  ...TEMPLATE_FLAGS,
  bool("watch", "Goes on with every change after the objects are listed", { short: "w" }),
  bool("watch-only", "Shows changes only, without a list before them"),
];
