// The editor's word on what it shows: live objects, Lists, and what was typed just before something else was opened.
import type { Page } from "@playwright/test";
import { expect, open, test, typeManifest } from "./page.ts";

const state = (page: Page) => page.locator(".editor-state");
/** Monaco's underlines, of its own checks and of what the server refused. */
const underlined = (page: Page) =>
  page.locator(".monaco-host .squiggly-error, .monaco-host .squiggly-warning");

test("a live object is what the cluster has: nothing waits and nothing is underlined until it is changed", async ({
  page,
}) => {
  await open(page);
  await page
    .getByRole("button", { name: /^Pod kubia-/ })
    .first()
    .click();
  await page.getByRole("tab", { name: "YAML", exact: true }).click();
  await page.getByRole("button", { name: "Edit in the editor" }).click();
  const lines = page.locator(".monaco-host .view-lines");
  await expect(lines).toContainText("creationTimestamp");
  await expect(state(page)).toHaveText("Applied");
  await expect(page.locator(".file-tab.on .file-waits")).toHaveCount(0);

  // The check of the text runs in a worker; a field that is wrong shows that it has run.
  await lines.click();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.type("nonsense: 1\n");
  await expect(underlined(page)).toHaveCount(1);
  await expect(state(page)).toHaveText("Not applied yet");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ControlOrMeta+Shift+k");
  await expect(underlined(page)).toHaveCount(0);
  await expect(state(page)).toHaveText("Applied");
  await page.keyboard.press("ControlOrMeta+End");
  await expect(lines).toContainText("startTime");
  await expect(underlined(page)).toHaveCount(0);
});

test("what the server fills in is known, but not offered", async ({ page }) => {
  await open(page);
  await typeManifest(page, "apiVersion: v1\nkind: Service\nmetadata:\n  ");
  await page.keyboard.press("Control+Space");
  const offers = page.locator(".suggest-widget .monaco-list-row");
  await expect(offers.filter({ hasText: "labels" })).toHaveCount(1);
  for (const field of ["uid", "resourceVersion", "creationTimestamp"])
    await expect(offers.filter({ hasText: field })).toHaveCount(0);
});

test("an item of a List hears what a button changed, and takes it", async ({ page }) => {
  await open(page);
  const item = (name: string): string =>
    `- apiVersion: v1\n  kind: Service\n  metadata: {name: ${name}}\n  spec:\n    ports:\n    - port: 80 # http\n`;
  await typeManifest(page, `apiVersion: v1\nkind: List\nitems:\n${item("one")}${item("two")}`);
  await page.keyboard.press("ControlOrMeta+Enter");
  await page.getByRole("button", { name: /^Service two/ }).click();
  await expect(underlined(page)).toHaveCount(0);
  // The item's own lines are marked, not the whole List.
  await expect(page.locator(".line-evidence")).toHaveCount(6);
  await page.getByRole("button", { name: "Delete this Service" }).click();
  const bar = page.locator(".drift");
  await expect(bar).toContainText("two was deleted");
  await bar.getByRole("button", { name: "Take it out of the file" }).click();
  await expect(page.locator(".monaco-host .view-lines")).toContainText("name: one");
  await expect(page.locator(".monaco-host .view-lines")).not.toContainText("name: two");
  await expect(state(page)).toHaveText("Applied");
});

test("what was typed in the last moment is kept when something else is opened", async ({ page }) => {
  const text = page.locator(".monaco-host .view-lines");
  // The one draft that there is: what was only opened is nobody's work.
  const again = async (lines: string): Promise<void> => {
    await page.getByLabel("Examples", { exact: true }).click();
    await page.locator(".draft-list li .draft-open").click();
    await expect(text).toHaveText(lines);
    await expect(state(page)).toHaveText("Not applied yet");
  };
  await open(page);
  await typeManifest(page, "# typed first");
  // Both at once, as no hand could be.
  await page.evaluate(() => (location.hash = "#example/clusterip"));
  await expect(page).toHaveTitle(/^One address for many Pods/);
  await again("# typed first");
  await page.keyboard.press("Escape");
  await typeManifest(page, "# typed next");
  await page.evaluate(() => {
    const buttons = [...document.querySelectorAll("button")];
    buttons.find(({ textContent }) => textContent === "Reset")?.click();
  });
  await expect(text).toContainText("kind: Service");
  await again("# typed next");
});
