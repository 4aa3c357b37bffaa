import { expect, test } from "vitest";
import { translate } from "../i18n/i18n.ts";
import { hintText } from "./hint-text.ts";

test("TERM-1: what changed since an old book is said in the reader's language, with today's command below", () => {
  const hint = { form: "execWithoutDashes", command: "kubectl exec a -- ls" } as const;
  expect(hintText(hint, (key, values) => translate("en", key, values))).toBe(
    "Kubelanes says: Since Kubernetes 1.31 two dashes must stand before the command: kubectl exec POD -- COMMAND.\n  Tab: kubectl exec a -- ls",
  );
  expect(hintText({ form: hint.form }, (key, values) => translate("zh", key, values))).toBe(
    "Kubelanes 提示：从 Kubernetes 1.31 起，命令之前必须有两个短横线：kubectl exec POD -- COMMAND。",
  );
});
