// The wizard behind "Expose": asks what kubectl expose asks, and writes the YAML into the editor.
import { useState } from "react";
import { addFile } from "#session/workspace";
import { Command } from "../inspector/Command.tsx";
import { useT } from "../i18n/i18n.ts";
import { exposeCommand, exposeYaml, type Exposable, type ExposeChoice, type ExposeType } from "./expose.ts";
import { Choice, NumberField, TextField } from "./Fields.tsx";

const TYPES = (["ClusterIP", "NodePort", "LoadBalancer", "Headless"] as const).map(
  (type): [ExposeType, string] => [type, type],
);

export function ExposeForm({ target }: { target: Exposable }): React.JSX.Element {
  const t = useT();
  const [open, setOpen] = useState(false);
  const [choice, setChoice] = useState(() => firstChoice(target));
  if (!open) {
    return (
      <div className="control">
        <button type="button" className="button line" onClick={() => setOpen(true)}>
          {t("exposeOpen")}
        </button>
      </div>
    );
  }
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        addFile(exposeYaml(target, choice), `${choice.name}.yaml`);
        setOpen(false);
      }}
    >
      <ExposeFields target={target} choice={choice} onChange={setChoice} />
      <div className="wide">
        <button type="submit" className="button primary">
          {t("exposeWrite")}
        </button>
        <Command text={exposeCommand(target, choice)} />
      </div>
    </form>
  );
}

function firstChoice({ name, ports: [first] }: Exposable): ExposeChoice {
  return { name, type: "ClusterIP", port: 80, targetPort: String(first?.name ?? first?.port ?? 8080) };
}

interface ExposeFieldsProps {
  target: Exposable;
  choice: ExposeChoice;
  onChange: (choice: ExposeChoice) => void;
}

function ExposeFields({ target, choice, onChange }: ExposeFieldsProps): React.JSX.Element {
  const t = useT();
  const set = (changes: Partial<ExposeChoice>): void => onChange({ ...choice, ...changes });
  const ports = target.ports.flatMap((item) => [item.name ?? "", String(item.port)]);
  return (
    <>
      <TextField
        label={t("exposeName")}
        value={choice.name}
        required
        maxLength={63}
        onChange={(name) => set({ name })}
      />
      <Choice
        label={t("exposeType")}
        value={choice.type}
        options={TYPES}
        onChange={(type) => set({ type })}
      />
      <NumberField
        label="port"
        value={choice.port}
        min={1}
        max={65535}
        required
        onChange={(port = 80) => set({ port })}
      />
      <TextField
        label="targetPort"
        value={choice.targetPort}
        required
        offers={[...new Set(ports)].filter(Boolean)}
        onChange={(targetPort) => set({ targetPort })}
      />
    </>
  );
}
