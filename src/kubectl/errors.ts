// How kubectl words a Status that the API server answered with.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/util/helpers.go (v1.35)
import type { Status, StatusCause } from "#api/meta";

/**
 * The text on stderr without the newline. `context` is such as `error when creating "x.yaml"`. An Invalid error that
 * is the only one of a command is printed by its causes, a line each.
 */
export function statusText(status: Status, context: string | undefined, only: boolean): string {
  if (status.reason === "Invalid" && only) return invalidText(status);
  const prefix = context ? `${context}: ` : "";
  if (!status.reason) return `error: ${prefix}${status.message ?? "unknown"}`;
  return `Error from server (${status.reason}): ${prefix}${status.message ?? ""}`;
}

function invalidText(status: Status): string {
  const { kind = "", name = "", causes = [] } = status.details ?? {};
  const head = `The ${kind} "${name}" is invalid`;
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
  const message = status.message ?? "";
  return (
    /(?:unknown|duplicate) field "([^"]+)"/.exec(message)?.[1] ??
    /Go struct field \w+\.([\w.]+) of type/.exec(message)?.[1]?.replace(/\.[A-Z]\w*/g, "")
  );
}
