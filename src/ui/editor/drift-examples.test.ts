import { expect, test } from "vitest";
import type { AnyObject } from "#api/kinds";
import { noteInto, type Applied } from "#session/applied";
import { createEngine } from "#session/engine";
import { exampleScenario } from "#session/examples/example";
import { EXAMPLES } from "#session/examples/registry";
import { documentsOf, driftsOf } from "./drift.ts";

test.each(EXAMPLES.map((example) => [example.slug, example] as const))(
  "DRIFT-8: %s opens and runs on with nothing to take: only commands and buttons make a drift",
  (_, example) => {
    const scenario = exampleScenario(example);
    const engine = createEngine(scenario);
    const known = new Map<string, Applied>();
    const live = new Map<string, AnyObject>();
    for (const wallMs of [0, 10_000]) {
      if (wallMs > 0) engine.tick(wallMs, () => true);
      const batch = engine.drain()!;
      noteInto(known, batch);
      for (const { type, kind, key, object } of batch.changes) {
        if (type === "set" && object) live.set(`${kind}/${key}`, object);
        else live.delete(`${kind}/${key}`);
      }
      const found = scenario.files.flatMap(({ name, text }) =>
        driftsOf(documentsOf(text), known, (kind, key) => live.get(`${kind}/${key}`)).map(
          ({ document, changes, gone }) => ({ name, object: document.key, changes, gone }),
        ),
      );
      expect(found).toEqual([]);
    }
  },
);
