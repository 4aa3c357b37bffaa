// What can be done to a pod: readiness, crash, slowness, binding, deletion.
import { isReady } from "#api/pod/lifecycle";
import type { Pod } from "#api/pod/types";
import type { ProcessFaults } from "#cluster/process/types";
import { objectsOf, useStore } from "#session/store";
import { useT } from "../i18n/i18n.ts";
import { unlabelCommand } from "./commands.ts";
import { Control } from "./Control.tsx";
import { execTarget, readinessSwitch } from "./readiness-switch.ts";
import { deleteAction } from "./requests.ts";

const SLOW_MS = 2000;

export function PodControls({ pod }: { pod: Pod }): React.JSX.Element {
  const t = useT();
  const { name, namespace = "default" } = pod.metadata;
  const container = pod.spec.containers[0]!;
  const faults: ProcessFaults =
    useStore((state) => state.faults[`${namespace}/${name}/${container.name}`]) ?? NO_FAULTS;
  const target = { namespace, pod: name, container: container.name };
  const readiness = readinessSwitch(pod);
  const hasProbe = pod.spec.containers.some((item) => item.readinessProbe);
  const ready = isReady(pod);
  const which = ready ? readiness?.fail : readiness?.pass;
  const services = useStore((state) => objectsOf(state.objects, "Service"));
  const set = (next: ProcessFaults) => ({ type: "setFaults" as const, ...target, faults: next });
  return (
    <div className="controls">
      {which ? (
        <Control
          label={t(ready ? "podFailReadiness" : "podPassReadiness")}
          action={which.action}
          {...(which.command
            ? { command: which.command }
            : {
                note: t("podFaultNote"),
                nearest: ready ? unlabelCommand(pod, services.values()) : undefined,
              })}
        />
      ) : (
        <p className="control-note">{t(hasProbe ? "podOtherProbe" : "podNoProbe")}</p>
      )}
      <Control
        label={t("podCrash")}
        action={{ type: "crash", ...target }}
        note={t("podCrashNote")}
        nearest={`kubectl delete pod ${execTarget(pod)}`}
      />
      <Control
        label={t(faults.slowMs ? "podFast" : "podSlow", { seconds: SLOW_MS / 1000 })}
        action={set(faults.slowMs ? without(faults, "slowMs") : { ...faults, slowMs: SLOW_MS })}
        pressed={Boolean(faults.slowMs)}
        note={t("podFaultNote")}
      />
      <Control
        label={t(faults.localhostOnly ? "podBindAll" : "podBindLocalhost")}
        action={set(
          faults.localhostOnly ? without(faults, "localhostOnly") : { ...faults, localhostOnly: true },
        )}
        pressed={Boolean(faults.localhostOnly)}
        note={t("podBindNote")}
      />
      <Control
        label={t("podDelete")}
        action={deleteAction(pod)}
        command={`kubectl delete pod ${execTarget(pod)}`}
      />
    </div>
  );
}

const NO_FAULTS: ProcessFaults = {};

function without(faults: ProcessFaults, key: keyof ProcessFaults): ProcessFaults {
  const { [key]: _, ...rest } = faults;
  return rest;
}
