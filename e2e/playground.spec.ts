import { expect, open, test, typeManifest } from "./page.ts";

test("opens on a running example, with its own strict policy and nothing to wait for", async ({ page }) => {
  await open(page);
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("A door on every node");
  await expect(page.getByRole("button", { name: /^Pod kubia-\w{5}, Ready/ })).toHaveCount(3);
  await expect(page.locator(".log-table tbody tr").first()).toContainText("kubia-");
});

test("a pod's readiness is failed by the mouse: badge, count and traffic follow, and it comes back", async ({
  page,
}) => {
  await open(page);
  const pod = page.getByRole("button", { name: /^Pod kubia-\w{5}, Ready/ }).first();
  const name = /kubia-\w{5}/.exec((await pod.getAttribute("aria-label"))!)![0];
  await pod.click();
  await expect(page.getByRole("heading", { level: 2, name })).toBeVisible();
  await page.getByRole("button", { name: "Fail its readiness" }).click();
  await expect(page.getByRole("button", { name: new RegExp(`^Pod ${name}, Not ready`) })).toBeVisible();
  await expect(page.getByText("ready 2 of 3").first()).toBeVisible();
  const newest = Number(await page.locator(".log-table tbody tr .log-open").first().textContent());
  await page.waitForTimeout(6000);
  const rows = await page
    .locator(".log-table tbody tr")
    .evaluateAll((items) =>
      items.map(
        (row) => [Number(row.querySelector(".log-open")?.textContent), row.textContent ?? ""] as const,
      ),
    );
  const later = rows.filter(([id]) => id > newest + 3);
  expect(later.length).toBeGreaterThan(3);
  expect(later.filter(([, text]) => text.includes(name))).toEqual([]);
  await page.getByRole("button", { name: "Pass its readiness" }).click();
  await expect(page.getByText("ready 3 of 3").first()).toBeVisible();
});

test("a request is asked why it went where it went", async ({ page }) => {
  await open(page);
  await page.locator(".log-table tbody tr .log-open").nth(2).click();
  const details = page.getByRole("complementary", { name: "Details" });
  await expect(details.getByRole("heading", { name: "Why did this request go here?" })).toBeVisible();
  await expect(details.locator(".why-title b")).toHaveText([
    "Service",
    "Endpoints",
    "Choice",
    "Rewrite",
    "Socket",
    "Answer",
  ]);
  await expect(details.getByText("At random, 1 of 3.")).toBeVisible();
  await expect(details.locator(".wire tbody tr")).toHaveCount(2);
});

test("a refused manifest has the server's words at its line, a sentence below, and loses nothing", async ({
  page,
}) => {
  await open(page);
  await typeManifest(
    page,
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  type: NodePort\n  selector:\n    app: kubia\n  ports:\n  - port: 80\n    nodePort: 8080\n",
  );
  await page.keyboard.press("ControlOrMeta+Enter");
  const zone = page.locator(".problem-zone").first();
  await expect(zone.locator(".problem-said")).toHaveText(
    'The Service "web" is invalid: spec.ports[0].nodePort: Invalid value: 8080: provided port is not in the valid range. The range of valid ports is 30000-32767',
  );
  await expect(zone.locator(".problem-plain")).toContainText("from 30000 to 32767");
  await expect(page.getByText("ready 3 of 3").first()).toBeVisible();
});

test("tabs are repaired by one click", async ({ page }) => {
  await open(page);
  await typeManifest(
    page,
    "apiVersion: v1\nkind: Service\nmetadata:\n\tname: web\nspec:\n  ports:\n  - port: 80\n",
  );
  await page.getByRole("button", { name: "Apply", exact: true }).click();
  await expect(page.locator(".problem-said").first()).toContainText(
    "yaml: line 4: found character that cannot start any token",
  );
  await page.locator(".problem-fix").first().click();
  await page.getByRole("button", { name: "Apply", exact: true }).click();
  await expect(page.getByRole("button", { name: /^Service web/ })).toBeVisible();
});

test("what was typed survives a reload", async ({ page }) => {
  await open(page);
  await typeManifest(
    page,
    "# mine\napiVersion: v1\nkind: Service\nmetadata:\n  name: kept\nspec:\n  ports:\n  - port: 80\n",
  );
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(page.getByRole("button", { name: /^Service kept/ })).toBeVisible();
  await page.waitForTimeout(1200);
  await page.reload();
  await expect(page.getByRole("button", { name: /^Service kept/ })).toBeVisible();
  await expect(page.locator(".monaco-host .view-lines").first()).toContainText("# mine");
});

test("what was refused is not called applied after a reload", async ({ page }) => {
  await open(page);
  await typeManifest(page, "lorem ipsum\n");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(page.locator(".editor-state")).toContainText("1 problem");
  await page.waitForTimeout(1200);
  await page.reload();
  await expect(page.locator(".monaco-host .view-lines").first()).toContainText("lorem ipsum");
  await expect(page.locator(".editor-state")).toHaveText("Not applied yet");
});

test("Back and Forward walk through what was open, one's own work too", async ({ page }) => {
  await open(page);
  await typeManifest(page, "# mine\n");
  await expect(page.getByText("Not applied yet")).toBeVisible();
  await expect.poll(() => page.evaluate(() => history.state as unknown)).not.toBeNull();
  await page.getByLabel("Examples", { exact: true }).click();
  await page.getByRole("button", { name: /^Only a name/ }).click();
  await expect(page).toHaveTitle(/^Only a name/);
  await page.goBack();
  await expect(page.locator(".view-lines")).toHaveText("# mine");
  await page.goForward();
  await expect(page).toHaveTitle(/^Only a name/);
});

test("a link carries the scenario to someone else, and a cut one says so", async ({
  page,
  browser,
  baseURL,
}) => {
  await open(page);
  await typeManifest(
    page,
    "# for you\napiVersion: v1\nkind: Service\nmetadata:\n  name: shared\nspec:\n  ports:\n  - port: 80\n",
  );
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(page.getByRole("button", { name: /^Service shared/ })).toBeVisible();
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
  const other = await browser.newContext({ baseURL: baseURL! });
  const reader = await other.newPage();
  await reader.goto(link);
  await expect(reader.getByRole("button", { name: /^Service shared/ })).toBeVisible();
  await expect(reader.locator(".monaco-host .view-lines").first()).toContainText("# for you");
  await reader.goto("about:blank");
  await reader.goto(link.slice(0, -20));
  await expect(reader.getByText(/This link was cut off/)).toBeVisible();
  await other.close();
});

test("time is paused, stepped and played by keyboard", async ({ page }) => {
  await open(page);
  await page.locator("body").click({ position: { x: 700, y: 20 } });
  await page.keyboard.press("Space");
  await expect(page.getByText("Paused")).toBeVisible();
  const clock = page.locator(".clock span");
  await page.waitForTimeout(300);
  const before = await clock.textContent();
  await page.waitForTimeout(600);
  expect(await clock.textContent()).toBe(before);
  for (let index = 0; index < 12; index++) await page.keyboard.press("ArrowRight");
  await expect(clock).not.toHaveText(before!);
  await page.keyboard.press("Space");
  await expect(page.getByText("Running")).toBeVisible();
});

test("Chinese on request, and the choice is kept", async ({ page }) => {
  await page.goto("?lang=zh");
  await expect(page.getByRole("button", { name: "分享" })).toBeVisible();
  expect(await page.locator("html").getAttribute("lang")).toBe("zh-CN");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("每个节点都有一扇门");
});

test("the gallery opens each example within a second of the click", async ({ page }) => {
  await open(page);
  for (const title of [
    "One address in front of all doors",
    "No address, all addresses",
    "One entrance, many sites",
  ]) {
    await page.getByRole("button", { name: "Examples" }).first().click();
    await page.getByRole("button", { name: title }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title, { timeout: 1000 });
    await expect(page.getByRole("button", { name: /^Pod / }).first()).toBeVisible();
  }
});

test("no keystroke is lost, however fast a person types, and fields are completed from the schema", async ({
  page,
}) => {
  await open(page);
  await typeManifest(page, "apiVersion: v1\nkind: Service\nmetadata:\n  name: typed\n");
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("spec:\nports:\n- port: 80\n", { delay: 5 });
  await page.keyboard.type("  targetPort: 8080\n", { delay: 5 });
  const shown = (): Promise<(string | undefined)[]> =>
    page.evaluate(() =>
      [...document.querySelectorAll(".monaco-host .view-line")].map((line) =>
        line.textContent?.replaceAll("\u00a0", " ").trim(),
      ),
    );
  // Monaco draws a frame later. How far a line is indented depends on when it was coloured; its words do not.
  await expect
    .poll(async () => (await shown()).slice(4))
    .toEqual(["spec:", "ports:", "- port: 80", "targetPort: 8080", ""]);
  await typeManifest(
    page,
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: typed\nspec:\n  ports:\n  - port: 80\n  ",
  );
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("ses", { delay: 80 });
  await expect(page.locator(".suggest-widget .monaco-list-row").first()).toHaveText(/sessionAffinity/);
});
