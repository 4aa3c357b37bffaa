// The wizard behind "Expose": asks what kubectl expose asks, and writes the YAML into the editor.
import { useId, useState } from "react";
import { addFile } from "#session/workspace";
import { Command } from "../inspector/Command.tsx";
import { useT } from "../i18n/i18n.ts";
import { exposeCommand, exposeYaml, type Exposable, type ExposeType } from "./expose.ts";

const TYPES: readonly ExposeType[] = ["ClusterIP", "NodePort", "LoadBalancer", "Headless"];

export function ExposeForm({ target }: { target: Exposable }): React.JSX.Element {
  const t = useT();
  const id = useId();
  const first = target.ports[0];
  const [open, setOpen] = useState(false);
  const [name, setName] = useState(target.name);
  const [type, setType] = useState<ExposeType>("ClusterIP");
  const [port, setPort] = useState(80);
  const [targetPort, setTargetPort] = useState(String(first?.name ?? first?.port ?? 8080));
  if (!open) {
    return (
      <div className="control">
        <button type="button" className="button line" onClick={() => setOpen(true)}>
          {t("exposeOpen")}
        </button>
      </div>
    );
  }
  const choice = { name, type, port, targetPort };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        addFile(exposeYaml(target, choice), `${name}.yaml`);
        setOpen(false);
      }}
    >
      <label className="field">
        {t("exposeName")}
        <input value={name} required maxLength={63} onChange={(event) => setName(event.target.value)} />
      </label>
      <label className="field">
        {t("exposeType")}
        <select value={type} onChange={(event) => setType(event.target.value as ExposeType)}>
          {TYPES.map((value) => (
            <option key={value}>{value}</option>
          ))}
        </select>
      </label>
      <label className="field">
        port
        <input
          type="number"
          min={1}
          max={65535}
          required
          value={port}
          onChange={(event) => setPort(Number(event.target.value))}
        />
      </label>
      <label className="field">
        targetPort
        <input
          value={targetPort}
          required
          list={id}
          onChange={(event) => setTargetPort(event.target.value)}
        />
        <datalist id={id}>
          {target.ports
            .flatMap((item) => [item.name, String(item.port)])
            .map((value) => value && <option key={value} value={value} />)}
        </datalist>
      </label>
      <div className="wide">
        <button type="submit" className="button primary">
          {t("exposeWrite")}
        </button>
        <Command text={exposeCommand(target, choice)} />
      </div>
    </form>
  );
}
