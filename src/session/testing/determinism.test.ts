import { expect, test } from "vitest";
import { digest } from "#cluster/digest";
import { createEngine } from "../engine.ts";
import { exampleScenario } from "../examples/example.ts";
import { EXAMPLES, findExample } from "../examples/registry.ts";

const SLUGS = ["nodeport", "ingress-cookie", "readiness-http", "environment"];

test.each(SLUGS)("DET-1: %s: the same seed and actions give the same bytes", (slug) => {
  const once = (): string => {
    const { cluster } = createEngine(exampleScenario(findExample(slug)!));
    cluster.advance(30_000);
    return digest(cluster);
  };
  expect(once()).toBe(once());
});

test.each(SLUGS)("DET-2: %s: one advance of 120 s equals 120 advances of 1 s", (slug) => {
  const scenario = exampleScenario(findExample(slug)!);
  const [whole, pieces] = [createEngine(scenario).cluster, createEngine(scenario).cluster];
  whole.advance(120_000);
  for (let second = 0; second < 120; second++) pieces.advance(1000);
  expect(digest(pieces)).toBe(digest(whole));
});

test("DET-3: another seed gives another cluster", () => {
  const scenario = exampleScenario(EXAMPLES[0]!);
  const other = { ...scenario, settings: { ...scenario.settings, seed: "another" } };
  expect(digest(createEngine(other).cluster)).not.toBe(digest(createEngine(scenario).cluster));
});

test("DET-4: an exported scenario replays to the same bytes", () => {
  const engine = createEngine(exampleScenario(findExample("nodeport")!));
  const [pod] = engine.cluster.machine.context.api.list("Pod", { labels: { app: "kubia" } });
  const target = { namespace: "default", pod: pod!.metadata.name };
  engine.cluster.advance(1234);
  engine.act({ type: "setFaults", ...target, faults: { failStatus: 500 } });
  engine.cluster.advance(5000);
  engine.apply([
    {
      name: "service.yaml",
      text: "apiVersion: v1\nkind: Service\nmetadata:\n  name: more\nspec:\n  ports:\n  - port: 80\n",
    },
  ]);
  engine.cluster.advance(4000);
  const files = exampleScenario(findExample("nodeport")!).files;
  const scenario = engine.exportScenario(files);
  const replayed = createEngine({ ...scenario, warmUpMs: engine.cluster.now });
  expect(digest(replayed.cluster)).toBe(digest(engine.cluster));
});
