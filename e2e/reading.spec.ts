import { expect, open, test, typeManifest } from "./page.ts";

const WEB = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n";

test("what the server says has room under its line, however narrow the editor", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await open(page);
  await typeManifest(
    page,
    `${WEB}  selektor:\n    app: kubia\n  ports:\n  - port: 80\n    targetport: 8080\n`,
  );
  await page.keyboard.press("ControlOrMeta+Enter");
  const zone = page.locator(".problem-zone.problem-error");
  await expect(zone).toBeVisible();
  const { needs, has } = await zone.evaluate((box) => ({ needs: box.scrollHeight, has: box.clientHeight }));
  expect(has).toBeGreaterThan(60);
  expect(needs).toBeLessThanOrEqual(has);
});

test("a selector that misses says under its line which pod lacks what", async ({ page }) => {
  await open(page);
  await typeManifest(page, `${WEB}  selector:\n    app: kubia\n    tier: web\n  ports:\n  - port: 80\n`);
  await expect(page.locator(".problem-note")).toHaveText(/^selects no Pod; kubia-\w{5} lacks tier=web$/);
});

test("Escape leaves the editor, and the find box takes what is typed at once", async ({ page }) => {
  await open(page);
  await page.locator(".monaco-host .view-lines").first().click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("tab", { name: "service.yaml" })).toBeFocused();
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("combobox", { name: /Find/ })).toBeFocused();
  await page.keyboard.type("client-b");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 2, name: "client-b" })).toBeVisible();
});

test("the log holds still for whoever reads further down, and goes from row to row by arrows", async ({
  page,
}) => {
  await open(page);
  const rows = page.locator(".log-table tbody tr .log-open");
  await expect(rows.nth(12)).toBeVisible();
  const log = page.getByRole("region", { name: "Requests" });
  await log.evaluate((element) => element.scrollTo(0, 100));
  const newer = page.getByRole("button", { name: /^\d+ newer$/ });
  await expect(newer).toBeVisible();
  const first = await rows.first().textContent();
  const place = await rows.nth(5).boundingBox();
  await page.waitForTimeout(2500);
  expect(await rows.first().textContent()).toBe(first);
  expect(await rows.nth(5).boundingBox()).toEqual(place);
  await newer.click();
  await expect(rows.first()).not.toHaveText(first!);
  await log.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^Request \d+$/)).toBeVisible();
});

test("one request is sent and followed slowly, with the lines that decided it marked", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /^Client client-a/ }).click();
  await page.getByRole("button", { name: "Send one and follow" }).click();
  await expect(page.getByRole("button", { name: /^Following request \d+/ })).toBeVisible();
  await expect(page.getByText(/^Request \d+$/)).toBeVisible();
  // - port, targetPort, nodePort
  await expect(page.locator(".monaco-host .line-evidence")).toHaveCount(3);
  await expect(page.locator(".tag.ok", { hasText: "200" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Following/ })).toHaveCount(0);
  await page
    .getByRole("button", { name: /^Pod kubia/ })
    .first()
    .click();
  await expect(page.getByRole("tab", { name: /pods\.yaml/ }).locator(".file-evidence")).toBeVisible();
});

test("with three hundred pods the counts stand clear of the dots", async ({ page }) => {
  await open(page);
  await typeManifest(
    page,
    `apiVersion: apps/v1
kind: Deployment
metadata:
  name: crowd
spec:
  replicas: 300
  selector:
    matchLabels:
      app: crowd
  template:
    metadata:
      labels:
        app: crowd
    spec:
      containers:
      - name: main
        image: nginx
`,
  );
  await page.keyboard.press("ControlOrMeta+Enter");
  const group = page.getByRole("button", { name: /^Workload crowd/ });
  await expect(group).toContainText("300/300", { timeout: 30_000 });
  const { dots, counts } = await group.evaluate((card) => ({
    dots: Math.max(...[...card.querySelectorAll(".dot")].map((dot) => dot.getBoundingClientRect().right)),
    counts: Math.min(
      ...[...card.querySelectorAll("text.n")].map((text) => text.getBoundingClientRect().left),
    ),
  }));
  expect(dots).toBeLessThan(counts);
});

test.describe("in a hand", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("the sheet is tapped up, dragged down, and comes back for what is chosen", async ({ page }) => {
    await open(page);
    const sheet = page.locator(".sheet");
    const height = async (): Promise<number> => (await sheet.boundingBox())!.height / 844;
    const grip = page.getByRole("separator", { name: "Height of the lower half" });
    expect(await height()).toBeCloseTo(0.4, 1);
    await grip.tap();
    await expect.poll(height).toBeGreaterThan(0.7);
    const box = (await grip.boundingBox())!;
    await page.mouse.move(195, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(195, 800, { steps: 6 });
    await page.mouse.up();
    await expect.poll(height).toBeLessThan(0.2);
    await page
      .getByRole("button", { name: /^Pod kubia/ })
      .first()
      .tap();
    await expect.poll(height).toBeCloseTo(0.4, 1);
    await expect(page.getByRole("button", { name: "Close" })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});
