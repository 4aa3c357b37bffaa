import { expect, test } from "vitest";
import { translate } from "./i18n.ts";

test("words go with their numbers, in English", () => {
  expect([0, 1, 2].map((count) => translate("en", "cardRestarts", { count }))).toEqual([
    "0 restarts",
    "1 restart",
    "2 restarts",
  ]);
  expect(translate("zh", "cardRestarts", { count: 1 })).toBe("重启 1 次");
});

test("a value that is missing leaves its place as it stands", () => {
  expect(translate("en", "cardRestarts")).toBe("{count} {count|restart|restarts}");
});
