// What the page and the worker say to each other. The page never computes the cluster: it sends actions and pacing,
// and gets at most one batch a frame of what changed.
import type { AnyObject, KindName } from "#api/kinds";
import type { Action } from "#cluster/actions";
import type { ApiRequest, ApiResponse } from "#cluster/apiserver/client";
import type { ClientSpec, ClientStatus } from "#cluster/clients/types";
import type { ProcessFaults } from "#cluster/process/types";
import type { FromTerminals, ToTerminals } from "./terminal/messages.ts";
import type { ClusterSettings } from "#cluster/settings";
import type { Journey } from "#cluster/trace/types";

/** A Kubernetes manifest file in the editor, verbatim. */
export interface ScenarioFile {
  name: string;
  text: string;
}

/** What a person did: to the cluster, or `kubectl apply -f` and `delete -f` with a file as it was then. */
export type SessionAction = Action | { type: "applyFile" | "deleteFile"; name: string; text: string };

export interface TimedAction {
  /** Virtual ms. */
  at: number;
  action: SessionAction;
}

/** All that a link carries. */
export interface Scenario {
  /** Version of the simulation's model: a replay on a newer one says that it may differ. */
  model: number;
  title?: string;
  settings: ClusterSettings;
  files: ScenarioFile[];
  clients: ClientSpec[];
  /** What a person did after the start, with its time. */
  actions: TimedAction[];
  /** Names of files that are applied at time 0, in order; the others wait in the editor. */
  applied: string[];
  /** Virtual ms that have passed when the reader sees it. */
  warmUpMs?: number;
}

export interface DocumentResult {
  file: string;
  /** Index of the document in the file, and its first line (1-based). */
  document: number;
  line: number;
  /** "service/kubia created" and the like; empty when it failed. */
  message: string;
  warnings: string[];
  /** Keys that stand twice in one mapping, of which kubectl takes the later. */
  duplicates?: { key: string; line: number }[];
  error?: ApplyError;
}

interface ApplyError {
  /** The real text, as kubectl prints it. */
  text: string;
  /** 1-based; where the cause stands. */
  line: number;
  /** Field path such as spec.ports[0].nodePort. */
  field?: string;
}

export type ToWorker =
  /** `held`: only builds the cluster, answers `held`, and waits for `release`. */
  | { type: "load"; scenario: Scenario; held?: boolean }
  /** Goes on at this virtual time. */
  | { type: "release"; until: number }
  | { type: "act"; action: SessionAction }
  /** kubectl apply -f, client-side, document by document. */
  | { type: "apply"; id: number; files: ScenarioFile[] }
  | { type: "delete"; id: number; files: ScenarioFile[] }
  /** Any API request; answered by `response`. Reads are not recorded as actions. */
  | { type: "request"; id: number; request: ApiRequest; record: boolean }
  | { type: "pace"; playing: boolean; speed: number }
  /** Runs to the next event of interest while paused. */
  | { type: "step" }
  | { type: "skip" }
  /** Slows the clock while this journey is under way, then returns to the pace before. */
  | { type: "follow"; journey: number | null }
  | { type: "log"; id: number; namespace: string; pod: string; container?: string }
  | { type: "environment"; id: number; namespace: string; pod: string; container?: string }
  /** Runs a scenario of its own for so long and answers with its digest, as a `log` of one line: to compare machines. */
  | { type: "digest"; id: number; scenario: Scenario; runMs: number }
  | ToTerminals
  /** Answered by `scenario`: what a link would carry now. */
  | { type: "export"; id: number; files: ScenarioFile[] };

export interface ObjectChange {
  type: "set" | "delete";
  kind: KindName;
  /** "namespace/name" or "name". */
  key: string;
  object?: AnyObject;
}

export type JourneyGrowth = Pick<Journey, "id" | "legs" | "steps" | "end">;

export interface Batch {
  type: "batch";
  /** Virtual ms; the page draws at most up to here. */
  now: number;
  /** Virtual ms per wall ms at this moment (0 when paused). */
  speed: number;
  playing: boolean;
  changes: ObjectChange[];
  /** Journeys that began since the last batch, as far as they are known. */
  journeys: Journey[];
  /** What was appended to journeys that the page has already. */
  grown: JourneyGrowth[];
  clients: ClientStatus[];
  /** Faults per "namespace/pod/container". */
  faults: Record<string, ProcessFaults>;
  /** Nodes that are switched off. */
  stoppedNodes: string[];
  /** Sent when they changed. */
  clientSpecs?: ClientSpec[];
  settings?: ClusterSettings;
  followed: number | null;
  /** A load replaces everything that the page holds. */
  reset: boolean;
  /** Actions so far, for links. */
  actionCount: number;
}

export type FromWorker =
  | Batch
  | FromTerminals
  | { type: "held" }
  | { type: "applied"; id: number; results: DocumentResult[] }
  | { type: "response"; id: number; response: ApiResponse }
  | { type: "scenario"; id: number; scenario: Scenario }
  | { type: "log"; id: number; lines: string[] }
  | { type: "failed"; message: string };
