// A probe in one line: what it does, then its numbers.
// Kubernetes: DescribeProbe in staging/src/k8s.io/kubectl/pkg/describe/describe.go (v1.35)
import type { HttpGetAction, Probe } from "#api/pod/types";

export function probeText(probe: Probe): string {
  const {
    initialDelaySeconds = 0,
    timeoutSeconds,
    periodSeconds,
    successThreshold,
    failureThreshold,
  } = probe;
  const numbers = `delay=${initialDelaySeconds}s timeout=${timeoutSeconds}s period=${periodSeconds}s #success=${successThreshold} #failure=${failureThreshold}`;
  return `${actionText(probe)} ${numbers}`;
}

function actionText({ exec, httpGet, tcpSocket, grpc }: Probe): string {
  if (exec) return `exec [${(exec.command ?? []).join(" ")}]`;
  if (httpGet) return `http-get ${urlText(httpGet)}`;
  if (tcpSocket) return `tcp-socket ${tcpSocket.host ?? ""}:${tcpSocket.port}`;
  if (grpc) return `grpc <pod>:${grpc.port} ${grpc.service ?? ""}`;
  return "unknown";
}

function urlText({ scheme = "HTTP", host = "", port, path = "" }: HttpGetAction): string {
  const address = host.includes(":") ? `[${host}]` : host;
  const slash = path === "" || path.startsWith("/") ? "" : "/";
  return `${scheme.toLowerCase()}://${address}:${port}${slash}${escapePath(path)}`;
}

/** Go's URL escapes all but a few signs of a path, a question mark among them. */
function escapePath(path: string): string {
  return path.replace(/[^A-Za-z0-9\-._~$&+,/:;=@]/gu, (sign) =>
    /[!'()*]/.test(sign) ? `%${sign.charCodeAt(0).toString(16).toUpperCase()}` : encodeURIComponent(sign),
  );
}
