// A running container's environment, asked for when it is opened.
import { useEffect, useState } from "react";
import type { Pod } from "#api/pod/types";
import { readEnvironment } from "#session/cluster-link";
import { useT } from "../i18n/i18n.ts";
import { Command } from "../inspector/Command.tsx";
import { execTarget } from "./readiness-switch.ts";

export function PodEnvironment({ pod }: { pod: Pod }): React.JSX.Element {
  const t = useT();
  const [open, setOpen] = useState(false);
  const [lines, setLines] = useState<readonly string[]>([]);
  const { name, namespace = "default", uid } = pod.metadata;
  useEffect(() => {
    if (open) void readEnvironment(namespace, name).then(setLines);
  }, [open, namespace, name, uid]);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("factEnvironment")}</summary>
      <Command text={`kubectl exec ${execTarget(pod)} -- env`} />
      <pre className="yaml-view">{lines.length > 0 ? lines.join("\n") : t("factNotRunning")}</pre>
    </details>
  );
}
