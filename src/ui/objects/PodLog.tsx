// What a container wrote, fresh once a second while it is open.
import { useEffect, useState } from "react";
import type { Pod } from "#api/pod/types";
import { readLog } from "#session/cluster-link";
import { useT } from "../i18n/i18n.ts";
import { Command } from "../inspector/Command.tsx";
import { execTarget } from "./readiness-switch.ts";

const REFRESH_MS = 1000;
/** Lines that are shown; the log itself keeps more. */
const TAIL = 500;

export function PodLog({ pod }: { pod: Pod }): React.JSX.Element {
  const t = useT();
  const names = pod.spec.containers.map((container) => container.name);
  const [container, setContainer] = useState(names[0]!);
  const [lines, setLines] = useState<readonly string[]>([]);
  const { name, namespace = "default" } = pod.metadata;
  useEffect(() => {
    const read = (): void =>
      void readLog(namespace, name, container).then((all) => setLines(all.slice(-TAIL)));
    read();
    const timer = setInterval(read, REFRESH_MS);
    return () => clearInterval(timer);
  }, [namespace, name, container]);
  return (
    <>
      {names.length > 1 && (
        <select
          className="table-kind"
          aria-label={t("objectContainer")}
          value={container}
          onChange={(event) => setContainer(event.target.value)}
        >
          {names.map((item) => (
            <option key={item}>{item}</option>
          ))}
        </select>
      )}
      <Command text={`kubectl logs ${execTarget(pod)}${names.length > 1 ? ` -c ${container}` : ""}`} />
      <pre className="yaml-view" tabIndex={0} role="region" aria-label={t("objectLog")}>
        {lines.length > 0 ? lines.join("\n") : t("objectNoLog")}
      </pre>
    </>
  );
}
