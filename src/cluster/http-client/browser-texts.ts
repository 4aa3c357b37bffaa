// What a browser (Chrome) shows in place of curl's words.
import type { HttpFailure } from "./types.ts";

export const BROWSER_AGENT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

const BROWSER_TEXTS: Record<HttpFailure, string> = {
  dns: "ERR_NAME_NOT_RESOLVED",
  refused: "ERR_CONNECTION_REFUSED",
  timeout: "ERR_TIMED_OUT",
  connectTimeout: "ERR_CONNECTION_TIMED_OUT",
  reset: "ERR_CONNECTION_RESET",
  empty: "ERR_EMPTY_RESPONSE",
  garbage: "ERR_INVALID_HTTP_RESPONSE",
  partial: "ERR_CONTENT_LENGTH_MISMATCH",
  tls: "ERR_CERT_AUTHORITY_INVALID",
  tlsName: "ERR_CERT_COMMON_NAME_INVALID",
  notTls: "ERR_SSL_PROTOCOL_ERROR",
  unreachable: "ERR_ADDRESS_UNREACHABLE",
  badUrl: "ERR_INVALID_URL",
};

export function browserText(failure: HttpFailure): string {
  return BROWSER_TEXTS[failure];
}
