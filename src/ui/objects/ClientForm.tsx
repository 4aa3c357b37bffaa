// The fields of a client.
import type { ClientSpec } from "#cluster/clients/types";
import { useT } from "../i18n/i18n.ts";
import { headerText, hostsText, parseHeaders, parseHosts } from "./client-lines.ts";
import { ClientPlace } from "./ClientPlace.tsx";
import { Check, Choice, LinesField, NumberField, TextField } from "./Fields.tsx";

const METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE"].map((method) => [method, method] as const);

export interface ClientFormProps {
  client: ClientSpec;
  onChange: (client: ClientSpec) => void;
}

export function ClientForm({ client, onChange }: ClientFormProps): React.JSX.Element {
  const t = useT();
  const set = (changes: Partial<ClientSpec>): void => onChange({ ...client, ...changes });
  return (
    <div className="form">
      <TextField
        label={t("clientName")}
        value={client.name}
        maxLength={40}
        onChange={(name) => set({ name })}
      />
      <Choice
        label={t("clientProgram")}
        value={client.program}
        options={[
          ["curl", "curl"],
          ["browser", t("clientBrowser")],
        ]}
        onChange={(program) =>
          set({ program, keepAlive: program === "browser", cookies: program === "browser" })
        }
      />
      <TextField label="URL" value={client.url} wide mono onChange={(url) => set({ url })} />
      <ClientPlace location={client.location} onChange={(location) => set({ location })} />
      <Choice
        label={t("clientMethod")}
        value={client.method}
        options={METHODS}
        onChange={(method) => set({ method })}
      />
      <Amounts client={client} onChange={onChange} />
      <Texts client={client} onChange={onChange} />
      <Habits client={client} onChange={onChange} />
    </div>
  );
}

/** How often, how many, how long. */
function Amounts({ client, onChange }: ClientFormProps): React.JSX.Element {
  const t = useT();
  return (
    <>
      <NumberField
        label={t("clientRate")}
        value={client.rate}
        min={0}
        max={200}
        step={0.1}
        onChange={(rate = 0) => onChange({ ...client, rate })}
      />
      <NumberField
        label={t("clientCount")}
        value={client.count}
        min={0}
        max={1_000_000}
        placeholder="∞"
        onChange={(count) => onChange(withCount(client, count))}
      />
      <NumberField
        label={t("clientMaxTime")}
        value={client.maxTimeMs && client.maxTimeMs / 1000}
        min={0}
        step={0.5}
        placeholder="∞"
        onChange={(seconds) => onChange(withMaxTime(client, seconds))}
      />
    </>
  );
}

function Texts({ client, onChange }: ClientFormProps): React.JSX.Element {
  const t = useT();
  return (
    <>
      <LinesField
        label={t("clientHeaders")}
        value={client.headers}
        read={parseHeaders}
        write={headerText}
        placeholder="Host: kubia.example.com"
        onChange={(headers) => onChange({ ...client, headers })}
      />
      {client.location.kind === "outside" && (
        <LinesField
          label="/etc/hosts"
          value={client.hosts ?? {}}
          read={parseHosts}
          write={hostsText}
          placeholder="{ingress} kubia.example.com"
          onChange={(hosts) => onChange({ ...client, hosts })}
        />
      )}
    </>
  );
}

function Habits({ client, onChange }: ClientFormProps): React.JSX.Element {
  const t = useT();
  return (
    <>
      <Check
        label="keep-alive"
        on={client.keepAlive}
        onChange={(keepAlive) => onChange({ ...client, keepAlive })}
      />
      <Check
        label={t("clientCookies")}
        on={client.cookies}
        onChange={(cookies) => onChange({ ...client, cookies })}
      />
      {client.program !== "browser" && (
        <Check
          label={t("clientInsecure")}
          on={client.insecure ?? false}
          wide
          onChange={(insecure) => onChange({ ...client, insecure })}
        />
      )}
    </>
  );
}

function withCount({ count: _, ...client }: ClientSpec, count: number | undefined): ClientSpec {
  return count === undefined ? client : { ...client, count: Math.trunc(count) };
}

function withMaxTime({ maxTimeMs: _, ...client }: ClientSpec, seconds: number | undefined): ClientSpec {
  return seconds ? { ...client, maxTimeMs: seconds * 1000 } : client;
}
