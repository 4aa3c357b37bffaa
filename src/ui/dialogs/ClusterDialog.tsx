// The cluster's own settings: nodes, zones, what the cloud and the add-ons provide, how long a hop takes. All but the
// load-balancer provider need a new cluster, to which the files are applied again.
import { useState } from "react";
import { act } from "#session/cluster-link";
import { currentOpening, openScenario } from "#session/open";
import { useStore } from "#session/store";
import { useWorkspace } from "#session/workspace";
import type { ClusterSettings } from "#cluster/settings";
import { useT } from "../i18n/i18n.ts";
import { Command } from "../inspector/Command.tsx";
import { Dialog } from "./Dialog.tsx";
import "../inspector/inspector.css";
import "../objects/objects.css";

export function ClusterDialog({ onClose }: { onClose: () => void }): React.JSX.Element | null {
  const t = useT();
  const current = useStore((state) => state.settings);
  const [settings, setSettings] = useState(current);
  if (!settings || !current) return null;
  const set = (changes: Partial<ClusterSettings>): void => setSettings({ ...settings, ...changes });
  const onlyProvider = (Object.keys(settings) as (keyof ClusterSettings)[]).every(
    (key) => key === "loadBalancerProvider" || settings[key] === current[key],
  );
  const save = (): void => {
    if (!onlyProvider) rebuild(settings);
    else if (settings.loadBalancerProvider !== current.loadBalancerProvider) {
      act({ type: "loadBalancerProvider", on: settings.loadBalancerProvider });
      useStore.setState({ settings });
    }
    onClose();
  };
  return (
    <Dialog title={t("clusterTitle")} onClose={onClose} className="share-dialog">
      <p className="dialog-text">{t("clusterAbout")}</p>
      <div className="form">
        <NumberField
          label={t("clusterNodes")}
          value={settings.nodeCount}
          min={1}
          max={20}
          onChange={(nodeCount) => set({ nodeCount })}
        />
        <NumberField
          label={t("clusterZones")}
          value={settings.zoneCount}
          min={1}
          max={10}
          onChange={(zoneCount) => set({ zoneCount })}
        />
        <NumberField
          label={t("clusterHop")}
          value={settings.hopMs}
          min={0.1}
          max={2000}
          onChange={(hopMs) => set({ hopMs })}
        />
        <label className="field">
          {t("clusterSeed")}
          <input
            value={settings.seed}
            maxLength={60}
            onChange={(event) => set({ seed: event.target.value })}
          />
        </label>
        <Check
          label={t("clusterProvider")}
          on={settings.loadBalancerProvider}
          onChange={(loadBalancerProvider) => set({ loadBalancerProvider })}
        />
        <Check
          label={t("clusterIngress")}
          on={settings.ingressController}
          onChange={(ingressController) => set({ ingressController })}
        />
        <Check label={t("clusterDns")} on={settings.dns} onChange={(dns) => set({ dns })} />
      </div>
      <p className="control-note">{t("clusterCommands")}</p>
      {NEAREST.map((command) => (
        <Command key={command} text={command} onSent={onClose} />
      ))}
      <div className="dialog-actions">
        <button type="button" className="button primary" onClick={save}>
          {t(onlyProvider ? "clusterSave" : "clusterRebuild")}
        </button>
      </div>
    </Dialog>
  );
}

/** Of the balancers and of cluster DNS. */
const NEAREST = ["kubectl get svc -A", "kubectl scale deployment coredns -n kube-system --replicas=0"];

/** A new cluster with the files as they are now, and the clients. */
function rebuild(settings: ClusterSettings): void {
  const opening = currentOpening();
  if (!opening) return;
  const { files, title } = useWorkspace.getState();
  const { clients } = useStore.getState();
  const plain = files.filter((file) => !file.live && !file.held).map(({ name, text }) => ({ name, text }));
  openScenario({
    ...opening,
    title,
    notice: null,
    scenario: {
      ...opening.scenario,
      settings,
      files: plain,
      applied: plain.map(({ name }) => name),
      clients: [...clients],
      actions: [],
      warmUpMs: Math.min(opening.scenario.warmUpMs ?? 12_000, 20_000),
    },
  });
  // Nobody else's cluster is like this one: it is kept from now on.
  useWorkspace.setState((state) => ({ touched: true, files: [...state.files] }));
}

interface NumberFieldProps {
  label: string;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
}

function NumberField({ label, value, min, max, onChange }: NumberFieldProps): React.JSX.Element {
  return (
    <label className="field">
      {label}
      <input
        type="number"
        min={min}
        max={max}
        value={value}
        onChange={(event) => onChange(Math.min(Math.max(Number(event.target.value) || min, min), max))}
      />
    </label>
  );
}

function Check({
  label,
  on,
  onChange,
}: {
  label: string;
  on: boolean;
  onChange: (on: boolean) => void;
}): React.JSX.Element {
  return (
    <label className="field check wide">
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}
