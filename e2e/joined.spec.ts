// What joins the picture, the editor and the terminal: each shows what the others did.
import type { Page } from "@playwright/test";
import { expect, open, rows, test } from "./page.ts";

const PROMPT = /^workstation:\S*\$$/;

async function openTerminal(page: Page): Promise<void> {
  await open(page);
  await page.getByRole("tab", { name: "Terminal" }).click();
  await expect.poll(async () => (await rows(page)).at(-1)).toMatch(PROMPT);
  // The first second and a half of a scenario rings nothing.
  await page.waitForTimeout(1600);
}

async function run(page: Page, line: string): Promise<void> {
  await page.keyboard.type(line);
  await page.keyboard.press("Enter");
}

test("a command's new pods are ringed, its file hears of it and takes it, and less motion means no animation", async ({
  page,
}) => {
  await openTerminal(page);
  await expect(page.locator(".canvas .flash")).toHaveCount(0);
  await run(page, "kubectl scale rc kubia --replicas=5");
  await expect(page.locator(".canvas .flash.pod")).toHaveCount(2);
  await expect(page.locator(".canvas .flash.pod")).toHaveCount(0);

  await page.emulateMedia({ reducedMotion: "reduce" });
  await run(page, "kubectl label svc kubia-nodeport tier=web");
  const ring = page.locator(".canvas .flash.service");
  await expect(ring).toHaveCount(1);
  expect(await ring.evaluate((node) => getComputedStyle(node).animationName)).toBe("none");
  await expect(ring).toHaveCount(0);

  const bar = page.locator(".drift");
  await expect(bar).toContainText("+ labels.tier web");
  await bar.getByRole("button", { name: "Keep mine" }).click();
  await expect(bar).toHaveCount(0);
  await page.getByRole("tab", { name: /^pods\.yaml/ }).click();
  await expect(bar).toContainText("kubia was changed in the cluster: replicas 3 → 5");
  await bar.getByRole("button", { name: "Take it into the file" }).click();
  await expect(bar).toHaveCount(0);
  await expect(page.locator(".view-lines")).toContainText("replicas: 5");
  await expect(page.locator(".editor-state")).toHaveText("Applied");
});

test("a shell is opened from a pod's panel, and what a button does is typed in a terminal of the workstation", async ({
  page,
}) => {
  await open(page);
  await page
    .getByRole("button", { name: /^Pod kubia-/ })
    .first()
    .click();
  await page.getByRole("button", { name: "Open a shell" }).press("Enter");
  await expect.poll(async () => (await rows(page)).at(-1)).toMatch(/^root@kubia-\w{5}:\/#$/);
  await page
    .getByRole("button", { name: /^Send to the terminal: kubectl delete pod kubia-/ })
    .last()
    .click();
  await expect
    .poll(async () => (await rows(page)).at(-1))
    .toMatch(/^workstation:~\$ kubectl delete pod kubia-\w{5}$/);
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await rows(page)).join("\n")).toMatch(/pod "kubia-\w{5}" deleted/);
});

test("kubectl edit opens the editor; what the server refuses comes back above the text, and a good text is saved", async ({
  page,
}) => {
  await openTerminal(page);
  await run(page, "kubectl edit svc kubia-nodeport");
  const editor = page.locator(".monaco-host .monaco-editor").first();
  await expect(page.getByRole("tab", { name: /^kubia-nodeport\.edit\.yaml/ })).toBeVisible();
  await expect(editor.locator(".view-lines")).toContainText("Please edit the object below");
  await replace(page, "nodePort: 30123", "nodePort: 80");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(editor.locator(".view-lines")).toContainText("provided port is not in the valid range");
  await replace(page, "nodePort: 80", "nodePort: 30200");
  await page.getByRole("button", { name: "Save and close" }).first().click();
  await expect.poll(async () => (await rows(page)).join("\n")).toContain("service/kubia-nodeport edited");
  await expect(page.getByRole("tab", { name: /edit\.yaml/ })).toHaveCount(0);
  await expect(page.locator(".drift")).toContainText("ports[80].nodePort 30123 → 30200");
  await expect(page.getByRole("button", { name: /^Door of node-1, node ports 30200/ })).toBeVisible();
});

/** With the editor's own search, as a person would. */
async function replace(page: Page, from: string, to: string): Promise<void> {
  await page.keyboard.press("ControlOrMeta+f");
  await page.keyboard.type(from);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await page.keyboard.type(to);
}

test("hints below an old book's line follow the reader's language", async ({ page }) => {
  await open(page, "?lang=zh");
  await page.getByRole("tab", { name: "终端" }).click();
  await expect.poll(async () => (await rows(page)).at(-1)).toMatch(PROMPT);
  await run(page, "kubectl run kubia --image=luksa/kubia --generator=run/v1");
  await expect
    .poll(async () => (await rows(page)).join(""))
    .toMatch(/Kubelanes 提示：从 Kubernetes 1\.18 起/);
});
