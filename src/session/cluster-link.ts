// The page's end of the wire to the worker: sends what a person does, applies the batches to the store.
import type { Action } from "#cluster/actions";
import type { ApiRequest, ApiResponse } from "#cluster/apiserver/client";
import type { DocumentResult, FromWorker, Scenario, ScenarioFile, ToWorker } from "./protocol.ts";
import { applyBatch, useStore } from "./store.ts";

type Answer = Exclude<FromWorker, { type: "batch" } | { type: "failed" }>;

let worker: Worker | undefined;
let nextId = 1;
const waiting = new Map<number, (answer: Answer) => void>();
const failures = new Set<(message: string) => void>();

/** Starts the worker; called once by the page. */
export function connectCluster(create: () => Worker): void {
  worker = create();
  worker.addEventListener("message", (event: MessageEvent<FromWorker>) => receive(event.data));
  worker.addEventListener("error", (event) => failures.forEach((listener) => listener(event.message)));
}

export function onClusterFailure(listener: (message: string) => void): () => void {
  failures.add(listener);
  return () => failures.delete(listener);
}

function receive(message: FromWorker): void {
  if (message.type === "batch") {
    useStore.setState((state) => applyBatch(state, message, performance.now()));
    return;
  }
  if (message.type === "failed") {
    failures.forEach((listener) => listener(message.message));
    return;
  }
  waiting.get(message.id)?.(message);
  waiting.delete(message.id);
}

function send(message: ToWorker): void {
  worker?.postMessage(message);
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
  send({ type: "load", scenario });
}

export function act(action: Action): void {
  send({ type: "act", action });
}

export function setPace(pace: { playing: boolean; speed: number }): void {
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
