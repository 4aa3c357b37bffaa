// The Web Worker that holds the cluster: paces it by the wall clock and sends at most one batch a frame.
import { digest } from "#cluster/digest";
import { createEngine, type Engine } from "./engine.ts";
import type { FromWorker, ToWorker } from "./protocol.ts";
import type { Desk } from "./terminal/desk.ts";
import type { ToTerminals } from "./terminal/messages.ts";

const FRAME_MS = 16;
/** Work per frame; what does not fit makes virtual time slower, never the page. */
const BUDGET_MS = 11;
/** After a pause of the whole page, at most so much is caught up. */
const MAX_CATCH_UP_MS = 250;

declare const self: DedicatedWorkerGlobalScope;

let engine: Engine | undefined;
let last = performance.now();
/** Wall time that virtual time has not caught up with while it waited for terminals. */
let owed = 0;
let desk: Desk | undefined;
let unheard: ToTerminals[] = [];
/** The page still shows a recording of the beginning. */
let held = false;

const send = (message: FromWorker): void => self.postMessage(message);

function loop(): void {
  const started = performance.now();
  const elapsed = Math.min(started - last, MAX_CATCH_UP_MS);
  last = started;
  if (engine && !held) {
    guard(() => {
      if (desk?.broken()) loseTerminals();
      desk?.settle();
      owed = engine!.tick(elapsed + owed, () => performance.now() - started < BUDGET_MS);
      desk?.flush();
      flush();
    });
  }
  // Promises of the terminals go on between two turns, and virtual time waits for them.
  const pause = desk?.unsettled() ? 0 : Math.max(FRAME_MS - (performance.now() - started), 1);
  setTimeout(loop, pause);
}

/** The page opens them anew. */
function loseTerminals(): void {
  if (!desk) return;
  desk = undefined;
  if (engine) engine.companion = undefined;
  send({ type: "terminalsLost" });
}

/** Terminals come when the first one opens; what is said to them meanwhile waits. */
function toTerminals(message: ToTerminals): void {
  if (desk) return guard(() => desk!.receive(message));
  unheard.push(message);
  if (unheard.length > 1) return;
  void import("./terminal/desk.ts").then(({ createDesk }) => {
    const messages = unheard;
    unheard = [];
    if (!engine) return;
    desk = createDesk(engine, send);
    engine.companion = desk;
    for (const said of messages) desk.receive(said);
  });
}

function flush(): void {
  const batch = engine?.drain();
  if (batch) send(batch);
}

function guard(work: () => void): void {
  try {
    work();
  } catch (error) {
    engine = undefined;
    send({
      type: "failed",
      message: error instanceof Error ? `${error.message}\n${error.stack ?? ""}` : String(error),
    });
  }
}

function load(message: Extract<ToWorker, { type: "load" }>): void {
  const pace = engine?.pace;
  engine = createEngine(message.scenario);
  loseTerminals();
  owed = 0;
  if (pace) engine.pace = pace;
  held = message.held === true;
  if (held) send({ type: "held" });
  else goOn();
}

function goOn(): void {
  held = false;
  last = performance.now();
  flush();
}

function receive(message: ToWorker): void {
  if (message.type === "load") return load(message);
  if (message.type === "digest") return compare(message);
  if (!engine) return;
  switch (message.type) {
    case "release":
      engine.tick(Math.max(message.until - engine.cluster.now, 0), () => true);
      return goOn();
    case "act":
      return engine.act(message.action);
    case "apply":
      return send({
        type: "applied",
        id: message.id,
        results: engine.apply(message.files),
      });
    case "delete":
      return send({
        type: "applied",
        id: message.id,
        results: engine.delete(message.files),
      });
    case "request":
      return send({
        type: "response",
        id: message.id,
        response: engine.request(message.request, message.record),
      });
    case "terminal":
      return toTerminals(message);
    case "pace":
      engine.pace = { playing: message.playing, speed: message.speed };
      return;
    case "step":
      return engine.step();
    case "skip":
      return engine.skip();
    case "follow":
      engine.followed = message.journey;
      return;
    case "log":
      return send({
        type: "log",
        id: message.id,
        lines: engine.cluster.logs(message.namespace, message.pod, message.container),
      });
    case "environment":
      return send({
        type: "log",
        id: message.id,
        lines: engine.cluster.environment(message.namespace, message.pod, message.container),
      });
    case "export":
      return send({ type: "scenario", id: message.id, scenario: engine.exportScenario(message.files) });
  }
}

function compare({ id, scenario, runMs }: Extract<ToWorker, { type: "digest" }>): void {
  const { cluster } = createEngine(scenario);
  cluster.advance(runMs);
  send({ type: "log", id, lines: [digest(cluster)] });
}

self.addEventListener("message", (event: MessageEvent<ToWorker>) => guard(() => receive(event.data)));
loop();
