// The page's end of the wire to the worker: sends what a person does, applies the batches to the store.
import type { Action } from "#cluster/actions";
import type { ApiRequest, ApiResponse } from "#cluster/apiserver/client";
import { noteApplied } from "./applied.ts";
import { startPlayback, type Playback } from "./opening/playback.ts";
import type { Recording } from "./opening/recording.ts";
import type { Batch, DocumentResult, FromWorker, Scenario, ScenarioFile, ToWorker } from "./protocol.ts";
import type { Completions, FromTerminals, ToTerminals } from "./terminal/messages.ts";
import { tellDifferences } from "./differences.ts";
import { applyBatch, useStore } from "./store.ts";

type Answer =
  | Exclude<FromWorker, { type: "batch" } | { type: "failed" } | { type: "held" } | FromTerminals>
  | Completions;

let worker: Worker | undefined;
/** Sent before there was a worker that could take it. */
let unsent: ToWorker[] = [];
/** Shows the opening until the worker has come as far. */
let playback: Playback | undefined;
let nextId = 1;
const waiting = new Map<number, (answer: Answer) => void>();
const failures = new Set<(message: string) => void>();

/** Starts the worker; called once by the page. */
export function connectCluster(create: () => Worker): void {
  worker = create();
  worker.addEventListener("message", (event: MessageEvent<FromWorker>) => receive(event.data));
  worker.addEventListener("error", (event) => failures.forEach((listener) => listener(event.message)));
  // While a recording plays the worker first only builds the cluster; the rest goes to it when it takes over.
  if (playback) worker.postMessage(unsent.shift());
  else release();
}

function release(): void {
  const messages = unsent;
  unsent = [];
  for (const message of messages) worker!.postMessage(message);
}

/** Shows what was recorded of a scenario's beginning until its worker is there: call before connectCluster. */
export function playOpening(scenario: Scenario, recording: Recording): void {
  unsent = [{ type: "load", scenario, held: true }];
  playback = startPlayback(recording, apply);
}

function apply(batch: Batch): void {
  const { objects, loaded } = useStore.getState();
  useStore.setState((state) => applyBatch(state, batch, performance.now()));
  noteApplied(batch);
  if (loaded) tellDifferences(objects, batch);
}

/** The worker's cluster goes on from where the recording is; what the reader had chosen stays chosen. */
function takeOver(batch: Batch): void {
  playback?.stop();
  playback = undefined;
  const { selection } = useStore.getState();
  apply(batch);
  useStore.setState({ selection });
  release();
}

export function onClusterFailure(listener: (message: string) => void): () => void {
  failures.add(listener);
  return () => failures.delete(listener);
}

function receive(message: FromWorker): void {
  if (message.type === "batch") return playback ? takeOver(message) : apply(message);
  if (message.type === "held") {
    if (playback) worker!.postMessage({ type: "release", until: playback.now } satisfies ToWorker);
    return release();
  }
  if (message.type === "failed") {
    failures.forEach((listener) => listener(message.message));
    return;
  }
  if (isOfTerminals(message)) {
    terminals?.(message);
    return;
  }
  waiting.get(message.id)?.(message);
  waiting.delete(message.id);
}

type Said = Exclude<FromTerminals, Completions>;

let terminals: ((message: Said) => void) | undefined;

const isOfTerminals = (message: Answer | Said): message is Said => message.type.startsWith("terminal");

/** Who hears what the terminals say; null for nobody. */
export function onTerminals(listener: ((message: Said) => void) | null): void {
  terminals = listener ?? undefined;
}

export function tellTerminals(message: ToTerminals): void {
  send(message);
}

/** What the last word of a terminal's line may become. */
export function completeLine(terminal: string, line: string): Promise<Completions> {
  return ask((id) => ({ type: "terminal", do: "complete", id, terminal, line }), "completions");
}

function send(message: ToWorker): void {
  if (worker && !playback) worker.postMessage(message);
  else unsent.push(message);
}

function ask<T extends Answer["type"]>(
  build: (id: number) => ToWorker,
  type: T,
): Promise<Extract<Answer, { type: T }>> {
  const id = nextId++;
  return new Promise((resolve, reject) => {
    waiting.set(id, (answer) => {
      if (answer.type === type) resolve(answer as Extract<Answer, { type: T }>);
      else reject(new Error(`expected ${type}, got ${answer.type}`));
    });
    send(build(id));
  });
}

export function loadScenario(scenario: Scenario): void {
  playback?.stop();
  playback = undefined;
  // Whatever was meant for the scenario before is void.
  unsent = [];
  send({ type: "load", scenario });
}

export function act(action: Action): void {
  send({ type: "act", action });
}

export function setPace(pace: { playing: boolean; speed: number }): void {
  playback?.setPace(pace);
  send({ type: "pace", ...pace });
}

/** While paused: to the next hop, flip or change. */
export function step(): void {
  send({ type: "step" });
}

/** Over idle time to the next thing that happens. */
export function skip(): void {
  send({ type: "skip" });
}

export function follow(journey: number | null): void {
  send({ type: "follow", journey });
}

export async function applyFiles(files: ScenarioFile[]): Promise<DocumentResult[]> {
  return (await ask((id) => ({ type: "apply", id, files }), "applied")).results;
}

export async function deleteFiles(files: ScenarioFile[]): Promise<DocumentResult[]> {
  return (await ask((id) => ({ type: "delete", id, files }), "applied")).results;
}

/** `record` for requests that change something, so that links replay them. */
export async function request(request: ApiRequest, record = request.method !== "GET"): Promise<ApiResponse> {
  return (await ask((id) => ({ type: "request", id, request, record }), "response")).response;
}

/** What a link would carry now, with the editor's files as they are. */
export async function exportScenario(files: ScenarioFile[]): Promise<Scenario> {
  return (await ask((id) => ({ type: "export", id, files }), "scenario")).scenario;
}

export async function readLog(namespace: string, pod: string, container?: string): Promise<string[]> {
  return (
    await ask((id) => ({ type: "log", id, namespace, pod, ...(container ? { container } : {}) }), "log")
  ).lines;
}

/** A running container's environment, "NAME=value" lines; empty where it does not run. */
export async function readEnvironment(namespace: string, pod: string, container?: string): Promise<string[]> {
  return (
    await ask(
      (id) => ({ type: "environment", id, namespace, pod, ...(container ? { container } : {}) }),
      "log",
    )
  ).lines;
}
