// Probes and lifecycle hooks: one handler each, and numbers that make sense.
// Kubernetes: validateProbe and validateHandler in pkg/apis/core/validation/validation.go (v1.35)
import type { FieldError } from "../define.ts";
import { forbidden, invalid, required } from "../field-error.ts";
import { oneOf } from "../labels.ts";
import { httpHeaderName, portNumber } from "../names.ts";
import { nonNegative } from "../numbers.ts";
import { checkPortOrName } from "../ports.ts";
import type { Container, HttpGetAction, LifecycleHandler, Probe } from "./types.ts";

const HANDLERS = ["exec", "httpGet", "tcpSocket", "grpc", "sleep"] as const;

export function validateProbes(container: Container, graceSeconds: number, field: string): FieldError[] {
  const { livenessProbe, readinessProbe, startupProbe } = container;
  const errors: FieldError[] = [];
  if (livenessProbe) errors.push(...validateOnceProbe(livenessProbe, graceSeconds, `${field}.livenessProbe`));
  if (readinessProbe) {
    const path = `${field}.readinessProbe`;
    errors.push(...validateProbe(readinessProbe, graceSeconds, path));
    const { terminationGracePeriodSeconds: grace } = readinessProbe;
    if (grace !== undefined) {
      errors.push(
        invalid(`${path}.terminationGracePeriodSeconds`, grace, "must not be set for readinessProbes"),
      );
    }
  }
  if (startupProbe) errors.push(...validateOnceProbe(startupProbe, graceSeconds, `${field}.startupProbe`));
  return errors;
}

/** Liveness and startup: a single success is enough, always. */
function validateOnceProbe(probe: Probe, graceSeconds: number, field: string): FieldError[] {
  const errors = validateProbe(probe, graceSeconds, field);
  const { successThreshold } = probe;
  return successThreshold === 1
    ? errors
    : [...errors, invalid(`${field}.successThreshold`, successThreshold, "must be 1")];
}

function validateProbe(probe: Probe, graceSeconds: number, field: string): FieldError[] {
  const numbers = [
    "initialDelaySeconds",
    "timeoutSeconds",
    "periodSeconds",
    "successThreshold",
    "failureThreshold",
  ] as const;
  const errors = validateHandler(probe, graceSeconds, field);
  for (const name of numbers) errors.push(...nonNegative(`${field}.${name}`, probe[name]));
  const { terminationGracePeriodSeconds: grace } = probe;
  if (grace !== undefined && grace <= 0) {
    errors.push(invalid(`${field}.terminationGracePeriodSeconds`, grace, "must be greater than 0"));
  }
  return errors;
}

export function validateLifecycle(
  { lifecycle }: Container,
  graceSeconds: number,
  field: string,
): FieldError[] {
  const errors: FieldError[] = [];
  if (lifecycle?.postStart)
    errors.push(...validateHandler(lifecycle.postStart, graceSeconds, `${field}.postStart`));
  if (lifecycle?.preStop)
    errors.push(...validateHandler(lifecycle.preStop, graceSeconds, `${field}.preStop`));
  return errors;
}

function validateHandler(handler: LifecycleHandler, graceSeconds: number, field: string): FieldError[] {
  const present = HANDLERS.filter((name) => handler[name] !== undefined);
  const [first] = present;
  if (first === undefined) return [required(field, "must specify a handler type")];
  return [
    ...validateAction(handler, first, graceSeconds, `${field}.${first}`),
    ...present
      .slice(1)
      .map((name) => forbidden(`${field}.${name}`, "may not specify more than 1 handler type")),
  ];
}

function validateAction(
  handler: LifecycleHandler,
  name: (typeof HANDLERS)[number],
  graceSeconds: number,
  field: string,
): FieldError[] {
  switch (name) {
    case "exec":
      return handler.exec?.command?.length ? [] : [required(`${field}.command`)];
    case "httpGet":
      return validateHttpGet(handler.httpGet!, field);
    case "tcpSocket":
      return checkPortOrName(`${field}.port`, handler.tcpSocket?.port ?? 0);
    case "grpc": {
      const port = handler.grpc?.port ?? 0;
      return portNumber(port).map((text) => invalid(`${field}.port`, port, text));
    }
    case "sleep": {
      const seconds = handler.sleep?.seconds ?? 0;
      const detail = `must be non-negative and less than terminationGracePeriodSeconds (${graceSeconds})`;
      return seconds < 0 || seconds > graceSeconds ? [invalid(field, seconds, detail)] : [];
    }
  }
}

function validateHttpGet(
  { path, port, scheme, httpHeaders = [] }: HttpGetAction,
  field: string,
): FieldError[] {
  const errors = path ? [] : [required(`${field}.path`)];
  errors.push(...checkPortOrName(`${field}.port`, port ?? 0));
  errors.push(...oneOf(`${field}.scheme`, scheme ?? "", ["HTTP", "HTTPS"]));
  for (const { name } of httpHeaders) {
    errors.push(...httpHeaderName(name).map((text) => invalid(`${field}.httpHeaders`, name, text)));
  }
  return errors;
}
