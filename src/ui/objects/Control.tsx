// A button that does something to the cluster, and below it the command that does the same.
import { act } from "#session/cluster-link";
import type { Action } from "#cluster/actions";
import { joined, useT } from "../i18n/i18n.ts";
import { Command } from "../inspector/Command.tsx";

export interface ControlProps {
  label: string;
  action: Action | (() => void);
  command?: string;
  /** Said where no command does the same. */
  note?: string;
  /** The command that comes nearest then. */
  nearest?: string | undefined;
  pressed?: boolean;
}

export function Control({ label, action, command, note, nearest, pressed }: ControlProps): React.JSX.Element {
  const t = useT();
  const run = (): void => (typeof action === "function" ? action() : act(action));
  return (
    <div className="control">
      <button type="button" className="button line" onClick={run} aria-pressed={pressed}>
        {label}
      </button>
      {command && <Command text={command} />}
      {note && <p className="control-note">{nearest ? joined(note, t("controlNearest")) : note}</p>}
      {nearest && <Command text={nearest} />}
    </div>
  );
}
