// Where a client stands: on an outside machine, in a pod or on a node, and on which one. Part of the client's form.
import type { ClientLocation } from "#cluster/clients/types";
import { objectsOf, useStore } from "#session/store";
import { useT } from "../i18n/i18n.ts";
import { Choice, TextField } from "./Fields.tsx";

interface ClientPlaceProps {
  location: ClientLocation;
  onChange: (location: ClientLocation) => void;
}

export function ClientPlace({ location, onChange }: ClientPlaceProps): React.JSX.Element {
  const t = useT();
  return (
    <>
      <Choice
        label={t("clientWhere")}
        value={location.kind}
        options={[
          ["outside", t("clientOutside")],
          ["pod", t("clientInPod")],
          ["node", t("clientOnNode")],
        ]}
        onChange={(kind) => onChange(firstPlace(kind))}
      />
      {location.kind === "outside" && (
        <TextField
          label={t("clientIp")}
          value={location.ip}
          mono
          onChange={(ip) => onChange({ kind: "outside", ip })}
        />
      )}
      {location.kind === "pod" && <PodChoice location={location} onChange={onChange} />}
      {location.kind === "node" && <NodeChoice name={location.name} onChange={onChange} />}
    </>
  );
}

/** Where a client stands that was just moved to another kind of place. */
function firstPlace(kind: ClientLocation["kind"]): ClientLocation {
  const { objects } = useStore.getState();
  if (kind === "outside") return { kind, ip: "198.51.100.7" };
  if (kind === "node") return { kind, name: [...objectsOf(objects, "Node").keys()][0] ?? "node-1" };
  const pods = [...objectsOf(objects, "Pod").values()];
  const pod = pods.find((item) => item.metadata.namespace !== "kube-system");
  return { kind, namespace: pod?.metadata.namespace ?? "default", name: pod?.metadata.name ?? "" };
}

interface PodChoiceProps {
  location: Extract<ClientLocation, { kind: "pod" }>;
  onChange: (location: ClientLocation) => void;
}

function PodChoice({ location, onChange }: PodChoiceProps): React.JSX.Element {
  const pods = useStore((state) => objectsOf(state.objects, "Pod"));
  const current = `${location.namespace}/${location.name ?? ""}`;
  const known = [...pods.keys()].map((key) => [key, key.replace(/^default\//, "")] as const);
  return (
    <Choice
      label="Pod"
      value={current}
      // A pod that is gone stays what is chosen.
      options={pods.has(current) ? known : [[current, location.name ?? "…"], ...known]}
      onChange={(key) => {
        const [namespace = "default", name = ""] = key.split("/");
        onChange({ kind: "pod", namespace, name });
      }}
    />
  );
}

interface NodeChoiceProps {
  name: string;
  onChange: (location: ClientLocation) => void;
}

function NodeChoice({ name, onChange }: NodeChoiceProps): React.JSX.Element {
  const nodes = useStore((state) => objectsOf(state.objects, "Node"));
  return (
    <Choice
      label="Node"
      value={name}
      options={[...nodes.keys()].map((node) => [node, node] as const)}
      onChange={(node) => onChange({ kind: "node", name: node })}
    />
  );
}
