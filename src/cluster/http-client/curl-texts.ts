// What curl says of each failure and its exit code, by version: 7.88.1 (Debian 12) unless a call names another.
import type { Certificate } from "../network/types.ts";
import { commonNameOf, isNameOf } from "../tls/host-names.ts";
import type { HttpFailure } from "./types.ts";

export interface CurlFailure {
  failure: HttpFailure;
  text: string;
  exit: number;
}

export const DEFAULT_CURL_VERSION = "7.88.1";

function atLeast(version: string, major: number, minor: number): boolean {
  const [a = 0, b = 0] = version.split(".").map(Number);
  return a > major || (a === major && b >= minor);
}

export function couldNotResolve(host: string): CurlFailure {
  return { failure: "dns", text: `Could not resolve host: ${host}`, exit: 6 };
}

export function resolvingTimedOut(ms: number): CurlFailure {
  return { failure: "timeout", text: `Resolving timed out after ${Math.floor(ms)} milliseconds`, exit: 28 };
}

/** curl 8.10 renamed the text. */
export function couldNotConnect(
  host: string,
  port: number,
  ms: number,
  version: string,
  failure: "refused" | "unreachable" | "timeout",
): CurlFailure {
  const words = atLeast(version, 8, 10) ? "Could not connect to server" : "Couldn't connect to server";
  const text = `Failed to connect to ${host} port ${port} after ${Math.floor(ms)} ms: ${words}`;
  return { failure, text, exit: failure === "timeout" ? 28 : 7 };
}

/** `--connect-timeout` ran out. */
export function connectTimedOut(host: string, port: number, ms: number, version: string): CurlFailure {
  const text = atLeast(version, 8, 10)
    ? `Connection timed out after ${Math.floor(ms)} milliseconds`
    : `Failed to connect to ${host} port ${port} after ${Math.floor(ms)} ms: Timeout was reached`;
  return { failure: "connectTimeout", text, exit: 28 };
}

/** `--max-time` ran out while connecting. */
export function connectionTimedOut(ms: number): CurlFailure {
  return { failure: "timeout", text: `Connection timed out after ${Math.floor(ms)} milliseconds`, exit: 28 };
}

/** `--max-time` ran out while waiting for the answer. */
export function operationTimedOut(ms: number): CurlFailure {
  const text = `Operation timed out after ${Math.floor(ms)} milliseconds with 0 bytes received`;
  return { failure: "timeout", text, exit: 28 };
}

export function emptyReply(): CurlFailure {
  return { failure: "empty", text: "Empty reply from server", exit: 52 };
}

export function receiveFailure(): CurlFailure {
  return { failure: "reset", text: "Recv failure: Connection reset by peer", exit: 56 };
}

export function notHttp(): CurlFailure {
  return { failure: "garbage", text: "Received HTTP/0.9 when not allowed", exit: 1 };
}

export function cutShort(remaining: number): CurlFailure {
  const text = `transfer closed with ${remaining} bytes remaining to read`;
  return { failure: "partial", text, exit: 18 };
}

export function wrongVersion(): CurlFailure {
  return { failure: "notTls", text: "error:0A00010B:SSL routines::wrong version number", exit: 35 };
}

export function tlsBroken(host: string, port: number, reset: boolean): CurlFailure {
  const reason = reset
    ? "OpenSSL SSL_connect: Connection reset by peer"
    : "OpenSSL SSL_connect: SSL_ERROR_SYSCALL";
  return { failure: "notTls", text: `${reason} in connection to ${host}:${port} `, exit: 35 };
}

const MORE_ON_CERTIFICATES = `
More details here: https://curl.se/docs/sslcerts.html

curl failed to verify the legitimacy of the server and therefore could not
establish a secure connection to it. To learn more about this situation and
how to fix it, please visit the web page mentioned above.`;

/** Stands for the certificate authorities that every client trusts from the start. */
export const PUBLIC_AUTHORITY = "CN=Public CA";

/** What a client that trusts `authorities` (subjects of CA certificates) says of a certificate; undefined: accepts. */
export function certificateFailure(
  certificate: Certificate,
  host: string,
  authorities: readonly string[],
): CurlFailure | undefined {
  const { subject, issuer, names } = certificate;
  if (!authorities.includes(issuer)) {
    // Simplified: a server whose certificate is not its own issuer sends its CA's certificate along.
    const problem =
      subject === issuer ? "self-signed certificate" : "self-signed certificate in certificate chain";
    return { failure: "tls", text: `SSL certificate problem: ${problem}${MORE_ON_CERTIFICATES}`, exit: 60 };
  }
  if (names.some((name) => isNameOf(name, host))) return undefined;
  const common = commonNameOf(subject);
  if (names.length === 0 && common !== undefined && isNameOf(common, host)) return undefined;
  const text =
    names.length === 0 && common !== undefined
      ? `SSL: certificate subject name '${common}' does not match target host name '${host}'`
      : `SSL: no alternative certificate subject name matches target host name '${host}'`;
  return { failure: "tlsName", text: text + MORE_ON_CERTIFICATES, exit: 60 };
}
