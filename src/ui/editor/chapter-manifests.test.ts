// The Services chapter's own manifests: each works, or is refused in the words that a real 1.35 cluster printed, with
// the remedy named.
import { expect, test } from "vitest";
import { explain } from "./explain.ts";
import { modernizeIngress, renameField } from "./repair.ts";
import recordings from "./fixtures/chapter-manifests.json" with { type: "json" };
import { TYPES } from "#api/type-table";
import { createCluster } from "#cluster/cluster";
import { DEFAULT_SETTINGS } from "#cluster/settings";
import { applyFile, type DocumentReport } from "#kubectl/manifests/run";

function apply(file: string, text: string): DocumentReport[] {
  const cluster = createCluster(DEFAULT_SETTINGS);
  return applyFile(file, text, { handle: cluster.handle, namespace: "default", types: TYPES });
}

const printed = (reports: readonly DocumentReport[]): string[] =>
  reports.flatMap(({ message, warnings, error }) => [
    ...(message ? [message] : []),
    ...warnings.map((text) => `Warning: ${text}`),
    ...(error ? error.text.split("\n") : []),
  ]);

test.each(recordings)("BOOK-1: $file prints what a real cluster prints", ({ file, text, stdout, stderr }) => {
  const real = [...stdout.split("\n"), ...stderr.split("\n")].filter(Boolean);
  expect(printed(apply(file, text))).toEqual(real);
});

const textOf = (name: string): string => recordings.find((item) => item.name === name)!.text;

test("BOOK-2: the old Ingresses are explained, and the repair makes them work", () => {
  for (const name of ["kia-kubia-ingress", "kia-kubia-ingress-tls"]) {
    const [report] = apply("ingress.yaml", textOf(name));
    expect(explain(report!.error!.text).key).toBe("explainOldIngress");
    expect(report!.error!.line).toBe(1);
    expect(printed(apply("ingress.yaml", modernizeIngress(textOf(name))))).toEqual([
      "ingress.networking.k8s.io/kubia created",
    ]);
  }
});

test("BOOK-3: the renamed field of publishNotReadyAddresses is explained at its line, and the repair makes it work", () => {
  const text = textOf("kia-kubia-svc-publish-not-ready");
  const [report] = apply("svc.yaml", text);
  expect(explain(report!.error!.text).key).toBe("explainPublishNotReady");
  expect(text.split("\n")[report!.error!.line - 1]).toContain("publishNotReadyEndpoints");
  const repaired = renameField(
    text,
    report!.error!.line,
    "publishNotReadyEndpoints",
    "publishNotReadyAddresses",
  );
  expect(printed(apply("svc.yaml", repaired))).toEqual(["service/kubia-all created"]);
});
