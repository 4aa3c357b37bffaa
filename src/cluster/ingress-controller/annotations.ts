// What annotations of an Ingress ask of nginx; unknown ones and bad values change nothing.
// Kubernetes: https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations (v1.35)

export interface LocationConfig {
  cookie?: {
    name: string;
    path?: string;
    maxAge?: number;
    expires?: number;
    secure: boolean;
    sameSite?: string;
  };
  rewriteTarget?: string;
  useRegex: boolean;
  sslRedirect: boolean;
  forceSslRedirect: boolean;
  backendProtocol: "http" | "https";
  connectTimeoutMs: number;
  readTimeoutMs: number;
}

const PREFIX = "nginx.ingress.kubernetes.io/";
const DEFAULT_COOKIE_NAME = "INGRESSCOOKIE";
const DEFAULT_CONNECT_TIMEOUT_S = 5;
const DEFAULT_READ_TIMEOUT_S = 60;

export function locationConfig(annotations: Record<string, string> = {}): LocationConfig {
  const get = (name: string): string | undefined => annotations[PREFIX + name];
  const flag = (name: string, otherwise: boolean): boolean => {
    const value = get(name);
    return value === "true" ? true : value === "false" ? false : otherwise;
  };
  const number = (name: string): number | undefined => {
    const value = get(name);
    return value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined;
  };
  const config: LocationConfig = {
    useRegex: flag("use-regex", false),
    sslRedirect: flag("ssl-redirect", true),
    forceSslRedirect: flag("force-ssl-redirect", false),
    backendProtocol: get("backend-protocol")?.toUpperCase() === "HTTPS" ? "https" : "http",
    connectTimeoutMs: 1000 * (number("proxy-connect-timeout") ?? DEFAULT_CONNECT_TIMEOUT_S),
    readTimeoutMs: 1000 * (number("proxy-read-timeout") ?? DEFAULT_READ_TIMEOUT_S),
  };
  const rewriteTarget = get("rewrite-target");
  if (rewriteTarget) config.rewriteTarget = rewriteTarget;
  if (get("affinity") === "cookie") {
    const path = get("session-cookie-path");
    const maxAge = number("session-cookie-max-age");
    const expires = number("session-cookie-expires");
    const sameSite = get("session-cookie-samesite");
    config.cookie = {
      name: get("session-cookie-name") ?? DEFAULT_COOKIE_NAME,
      secure: flag("session-cookie-secure", false),
      ...(path === undefined ? {} : { path }),
      ...(maxAge === undefined ? {} : { maxAge }),
      ...(expires === undefined ? {} : { expires }),
      ...(sameSite === undefined ? {} : { sameSite }),
    };
  }
  return config;
}
