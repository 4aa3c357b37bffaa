// A shell in one of a pod's containers, in a terminal of its own. Nothing while no container runs.
import { useState } from "react";
import type { Pod } from "#api/pod/types";
import { openContainers, shellIn } from "#session/terminal/container-shell";
import { openShell } from "#session/terminal/terminals";
import { useT } from "../i18n/i18n.ts";
import { ActionIcon } from "../icons/ActionIcon.tsx";
import { Command } from "../inspector/Command.tsx";
import { shellCommand } from "./commands.ts";

export function PodShell({ pod }: { pod: Pod }): React.JSX.Element | null {
  const t = useT();
  const [wanted, setWanted] = useState<string | null>(null);
  const names = openContainers(pod);
  const container = names.find((name) => name === wanted) ?? names[0];
  if (container === undefined) return null;
  return (
    <div className="control pod-shell">
      <div className="pod-shell-row">
        <button type="button" className="button line" onClick={() => openShell(shellIn(pod, container))}>
          <ActionIcon name="prompt" />
          {t("podShell")}
        </button>
        {names.length > 1 && (
          <select
            className="table-kind"
            aria-label={t("objectContainer")}
            value={container}
            onChange={(event) => setWanted(event.target.value)}
          >
            {names.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        )}
      </div>
      <Command text={shellCommand(pod, container)} />
    </div>
  );
}
