// The same seed and actions give the same bytes in Node and in the browser.
import { digest } from "#cluster/digest";
import { createEngine } from "#session/engine";
import { exampleScenario } from "#session/examples/example";
import { findExample } from "#session/examples/registry";
import { expect, open, test } from "./page.ts";

const RUN_MS = 60_000;

for (const slug of ["nodeport", "ingress-cookie", "readiness-http"]) {
  test(`${slug}: Node and the browser agree to the byte`, async ({ page }) => {
    await open(page);
    const scenario = exampleScenario(findExample(slug)!);
    const { cluster } = createEngine(scenario);
    cluster.advance(RUN_MS);
    const inBrowser = await page.evaluate(
      async ({ text, runMs }) => {
        const address = (): string | undefined =>
          performance
            .getEntriesByType("resource")
            .map(({ name }) => name)
            .find((name) => /cluster\.worker.*\.js/.test(name));
        // The page fetches its worker only after the first packet.
        while (!address()) await new Promise((resolve) => setTimeout(resolve, 100));
        const worker = new Worker(address()!, { type: "module" });
        const answer = new Promise<string>((resolve) => {
          worker.addEventListener("message", ({ data }) => {
            if (data.type === "log") resolve(data.lines[0]);
          });
        });
        worker.postMessage({ type: "digest", id: 1, scenario: JSON.parse(text), runMs });
        return answer;
      },
      { text: JSON.stringify(scenario), runMs: RUN_MS },
    );
    expect(inBrowser).toBe(digest(cluster));
  });
}
