import { expect, test } from "vitest";
import { editableYaml, mergedYaml } from "./apply-live.ts";

const opened =
  "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  resourceVersion: '5'\nspec:\n  selector:\n    app: web\n  sessionAffinity: None\nstatus: {}\n";

test("LIVE-1: bookkeeping and status are no change of what a person edits", () => {
  const later = opened.replace("'5'", "'9'").replace("status: {}", "status: {loadBalancer: {}}");
  expect(editableYaml(later)).toBe(editableYaml(opened));
  expect(editableYaml(opened.replace("None", "ClientIP"))).not.toBe(editableYaml(opened));
});

test("LIVE-2: what was typed is put on top of what the cluster changed", () => {
  const typed = opened.replace("app: web", "app: shop");
  const current = opened.replace("None", "ClientIP").replace("'5'", "'9'");
  expect(mergedYaml(opened, typed, current)).toBe(
    'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  resourceVersion: "9"\nspec:\n  selector:\n    app: shop\n  sessionAffinity: ClientIP\nstatus: {}\n',
  );
  expect(mergedYaml(opened, "{broken", current)).toBe("{broken");
});
