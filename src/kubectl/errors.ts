// How kubectl words a Status that the API server answered with.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/util/helpers.go (v1.35)
import type { Status, StatusCause } from "#api/meta";
import { KubectlError } from "./command.ts";

/** What the API server refused, with what kubectl was about: `error when creating "x.yaml"`. */
export class StatusError extends Error {
  readonly status: Status;
  readonly context: string | undefined;
  constructor(status: Status, context?: string) {
    super(status.message ?? "");
    this.status = status;
    this.context = context;
  }
}

/** Several errors of one command; each is printed. */
export class ErrorList extends Error {
  readonly errors: readonly Error[];
  constructor(errors: readonly Error[]) {
    super(errors.map(({ message }) => message).join("\n"));
    this.errors = errors;
  }
}

/** `error: ...` */
export function plainError(text: string): KubectlError {
  return new KubectlError(`error: ${text}`);
}

/** `error: ...`, and where the help is. `command` is such as "create service". */
export function usageError(command: string, text: string): KubectlError {
  return new KubectlError(`error: ${text}\nSee 'kubectl ${command} -h' for help and examples`);
}

/** Throws what was collected: nothing, the one error, or all of them. */
export function throwAll(errors: readonly Error[]): void {
  if (errors.length === 1) throw errors[0]!;
  if (errors.length > 1) throw new ErrorList(errors);
}

/** The text on stderr of an error that a command threw, and kubectl's exit code; undefined for one that is a defect. */
export function describeError(error: unknown, only = true): { text: string; exit: number } | undefined {
  if (error instanceof KubectlError) return { text: error.message, exit: error.exit };
  if (error instanceof StatusError) {
    // Causes end their lines themselves: one that ends with a line of its own leaves a blank one.
    const end = only && error.status.reason === "Invalid" && error.status.details?.causes?.length ? "\n" : "";
    return { text: statusText(error.status, error.context, only) + end, exit: 1 };
  }
  if (!(error instanceof ErrorList)) return undefined;
  const parts = error.errors.map((item) => describeError(item, false));
  if (parts.some((part) => !part)) return undefined;
  // Only what the server said keeps a word in front.
  const text = parts
    .map((part) => part!.text.replace(/^error: /, ""))
    .filter((line) => line !== "")
    .join("\n");
  // Errors that end their lines themselves leave blank ones, behind the last one too.
  return { text: text.endsWith("\n") ? `${text}\n` : text, exit: 1 };
}

/**
 * The text on stderr without the newline. `context` is such as `error when creating "x.yaml"`. An Invalid error that
 * is the only one of a command is printed by its causes, a line each.
 */
export function statusText(status: Status, context: string | undefined, only: boolean): string {
  if (status.reason === "Invalid" && only) return invalidText(status);
  const prefix = context ? `${context}: ` : "";
  if (status.reason === "Unauthorized")
    return `error: You must be logged in to the server (${status.message ?? ""})`;
  if (!status.reason) return `Error from server: ${prefix}${status.message ?? "unknown"}`;
  return `Error from server (${status.reason}): ${prefix}${status.message ?? ""}`;
}

function invalidText(status: Status): string {
  const { kind = "", name = "", causes = [] } = status.details ?? {};
  const head = kind || name ? `The ${kind} "${name}" is invalid` : "The request is invalid";
  if (causes.length === 0) return `${head}: ${status.message ?? ""}`;
  const lines = causes.map(causeText);
  return lines.length === 1
    ? `${head}: ${lines[0]}`
    : `${head}: ${lines.map((line) => `\n* ${line}`).join("")}`;
}

function causeText(cause: StatusCause): string {
  return cause.field ? `${cause.field}: ${cause.message}` : cause.message;
}

/** The field that a Status complains of first, if it names one. */
export function fieldOf(status: Status): string | undefined {
  const cause = status.details?.causes?.find((item) => item.field);
  if (cause?.field) return cause.field;
  if (status.reason === "NotFound" && status.details?.kind === "namespaces") return "metadata.namespace";
  const message = status.message ?? "";
  return (
    /(?:unknown|duplicate) field "([^"]+)"/.exec(message)?.[1] ??
    /Go struct field \w+\.([\w.]+) of type/.exec(message)?.[1]?.replace(/\.[A-Z]\w*/g, "")
  );
}
