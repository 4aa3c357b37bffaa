// The fields of a client.
import type { ClientLocation, ClientSpec } from "#cluster/clients/types";
import { objectsOf, useStore } from "#session/store";
import { useT } from "../i18n/i18n.ts";

export interface ClientFormProps {
  client: ClientSpec;
  onChange: (client: ClientSpec) => void;
}

export function ClientForm({ client, onChange }: ClientFormProps): React.JSX.Element {
  const t = useT();
  const set = (changes: Partial<ClientSpec>): void => onChange({ ...client, ...changes });
  const browser = client.program === "browser";
  return (
    <div className="form">
      <label className="field">
        {t("clientName")}
        <input value={client.name} maxLength={40} onChange={(event) => set({ name: event.target.value })} />
      </label>
      <label className="field">
        {t("clientProgram")}
        <select
          value={client.program}
          onChange={(event) => {
            const isBrowser = event.target.value === "browser";
            set({ program: isBrowser ? "browser" : "curl", keepAlive: isBrowser, cookies: isBrowser });
          }}
        >
          <option value="curl">curl</option>
          <option value="browser">{t("clientBrowser")}</option>
        </select>
      </label>
      <label className="field wide">
        URL
        <input className="mono" value={client.url} onChange={(event) => set({ url: event.target.value })} />
      </label>
      <LocationFields location={client.location} onChange={(location) => set({ location })} />
      <label className="field">
        {t("clientMethod")}
        <select value={client.method} onChange={(event) => set({ method: event.target.value })}>
          {["GET", "HEAD", "POST", "PUT", "DELETE"].map((method) => (
            <option key={method}>{method}</option>
          ))}
        </select>
      </label>
      <label className="field">
        {t("clientRate")}
        <input
          type="number"
          min={0}
          max={200}
          step={0.1}
          value={client.rate}
          onChange={(event) => set({ rate: Number(event.target.value) })}
        />
      </label>
      <label className="field">
        {t("clientCount")}
        <input
          type="number"
          min={0}
          value={client.count ?? ""}
          placeholder="∞"
          onChange={(event) => onChange(withCount(client, event.target.value))}
        />
      </label>
      <label className="field">
        {t("clientMaxTime")}
        <input
          type="number"
          min={0}
          step={0.5}
          value={client.maxTimeMs ? client.maxTimeMs / 1000 : ""}
          placeholder="∞"
          onChange={(event) => onChange(withMaxTime(client, event.target.value))}
        />
      </label>
      <label className="field wide">
        {t("clientHeaders")}
        <textarea
          rows={2}
          value={headerText(client.headers)}
          placeholder="Host: kubia.example.com"
          onChange={(event) => set({ headers: parseHeaders(event.target.value) })}
        />
      </label>
      {client.location.kind === "outside" && (
        <label className="field wide">
          /etc/hosts
          <textarea
            rows={2}
            value={hostsText(client.hosts)}
            placeholder="{ingress} kubia.example.com"
            onChange={(event) => set({ hosts: parseHosts(event.target.value) })}
          />
        </label>
      )}
      <label className="field check">
        <input
          type="checkbox"
          checked={client.keepAlive}
          onChange={(event) => set({ keepAlive: event.target.checked })}
        />
        keep-alive
      </label>
      <label className="field check">
        <input
          type="checkbox"
          checked={client.cookies}
          onChange={(event) => set({ cookies: event.target.checked })}
        />
        {t("clientCookies")}
      </label>
      {!browser && (
        <label className="field check wide">
          <input
            type="checkbox"
            checked={client.insecure ?? false}
            onChange={(event) => set({ insecure: event.target.checked })}
          />
          {t("clientInsecure")}
        </label>
      )}
    </div>
  );
}

function LocationFields({
  location,
  onChange,
}: {
  location: ClientLocation;
  onChange: (location: ClientLocation) => void;
}): React.JSX.Element {
  const t = useT();
  const pods = useStore((state) => objectsOf(state.objects, "Pod"));
  const nodes = useStore((state) => objectsOf(state.objects, "Node"));
  const choose = (kind: string): void => {
    if (kind === "outside") onChange({ kind, ip: "198.51.100.7" });
    else if (kind === "node") onChange({ kind, name: [...nodes.keys()][0] ?? "node-1" });
    else {
      const pod = [...pods.values()].find((item) => item.metadata.namespace !== "kube-system");
      onChange({
        kind: "pod",
        namespace: pod?.metadata.namespace ?? "default",
        name: pod?.metadata.name ?? "",
      });
    }
  };
  return (
    <>
      <label className="field">
        {t("clientWhere")}
        <select value={location.kind} onChange={(event) => choose(event.target.value)}>
          <option value="outside">{t("clientOutside")}</option>
          <option value="pod">{t("clientInPod")}</option>
          <option value="node">{t("clientOnNode")}</option>
        </select>
      </label>
      {location.kind === "outside" && (
        <label className="field">
          {t("clientIp")}
          <input
            className="mono"
            value={location.ip}
            onChange={(event) => onChange({ kind: "outside", ip: event.target.value })}
          />
        </label>
      )}
      {location.kind === "pod" && (
        <label className="field">
          Pod
          <select
            value={`${location.namespace}/${location.name ?? ""}`}
            onChange={(event) => {
              const [namespace = "default", name = ""] = event.target.value.split("/");
              onChange({ kind: "pod", namespace, name });
            }}
          >
            {!pods.has(`${location.namespace}/${location.name ?? ""}`) && (
              <option value={`${location.namespace}/${location.name ?? ""}`}>{location.name ?? "…"}</option>
            )}
            {[...pods.keys()].map((key) => (
              <option key={key} value={key}>
                {key.replace(/^default\//, "")}
              </option>
            ))}
          </select>
        </label>
      )}
      {location.kind === "node" && (
        <label className="field">
          Node
          <select
            value={location.name}
            onChange={(event) => onChange({ kind: "node", name: event.target.value })}
          >
            {[...nodes.keys()].map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}

function withCount({ count: _, ...client }: ClientSpec, text: string): ClientSpec {
  return text === "" ? client : { ...client, count: Math.max(0, Math.trunc(Number(text))) };
}

function withMaxTime({ maxTimeMs: _, ...client }: ClientSpec, text: string): ClientSpec {
  return Number(text) > 0 ? { ...client, maxTimeMs: Number(text) * 1000 } : client;
}

const headerText = (headers: Record<string, string>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}:${value && ` ${value}`}`)
    .join("\n");

function parseHeaders(text: string): Record<string, string> {
  const entries = text.split("\n").filter((line) => line.trim() !== "");
  return Object.fromEntries(
    entries.map((line) => {
      const colon = line.indexOf(":");
      return colon < 0 ? [line.trim(), ""] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    }),
  );
}

const hostsText = (hosts: Record<string, string> = {}): string =>
  Object.entries(hosts)
    .map(([name, ip]) => `${ip} ${name}`)
    .join("\n");

function parseHosts(text: string): Record<string, string> {
  const rows = text.split("\n").map((line) => line.trim().split(/\s+/));
  return Object.fromEntries(rows.flatMap(([ip = "", ...names]) => names.map((name) => [name, ip])));
}
