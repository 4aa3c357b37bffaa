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
import { Check, NumberField, TextField } from "../objects/Fields.tsx";
import { Dialog } from "./Dialog.tsx";
import "../inspector/inspector.css";
import "../objects/objects.css";

export function ClusterDialog({ onClose }: { onClose: () => void }): React.JSX.Element | null {
  const t = useT();
  const current = useStore((state) => state.settings);
  const [settings, setSettings] = useState(current);
  if (!settings || !current) return null;
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
      <SettingsForm settings={settings} onChange={setSettings} />
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

interface SettingsFormProps {
  settings: ClusterSettings;
  onChange: (settings: ClusterSettings) => void;
}

function SettingsForm({ settings, onChange }: SettingsFormProps): React.JSX.Element {
  const t = useT();
  const set = (changes: Partial<ClusterSettings>): void => onChange({ ...settings, ...changes });
  return (
    <div className="form">
      <Amounts settings={settings} set={set} />
      <TextField
        label={t("clusterSeed")}
        value={settings.seed}
        maxLength={60}
        onChange={(seed) => set({ seed })}
      />
      <Check
        label={t("clusterProvider")}
        on={settings.loadBalancerProvider}
        wide
        onChange={(loadBalancerProvider) => set({ loadBalancerProvider })}
      />
      <Check
        label={t("clusterIngress")}
        on={settings.ingressController}
        wide
        onChange={(ingressController) => set({ ingressController })}
      />
      <Check label={t("clusterDns")} on={settings.dns} wide onChange={(dns) => set({ dns })} />
    </div>
  );
}

interface AmountsProps {
  settings: ClusterSettings;
  set: (changes: Partial<ClusterSettings>) => void;
}

function Amounts({ settings, set }: AmountsProps): React.JSX.Element {
  const t = useT();
  return (
    <>
      <NumberField
        label={t("clusterNodes")}
        value={settings.nodeCount}
        min={1}
        max={20}
        onChange={(nodes = 1) => set({ nodeCount: Math.trunc(nodes) })}
      />
      <NumberField
        label={t("clusterZones")}
        value={settings.zoneCount}
        min={1}
        max={10}
        onChange={(zones = 1) => set({ zoneCount: Math.trunc(zones) })}
      />
      <NumberField
        label={t("clusterHop")}
        value={settings.hopMs}
        min={0.1}
        max={2000}
        step={0.1}
        onChange={(hopMs = 100) => set({ hopMs })}
      />
    </>
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
