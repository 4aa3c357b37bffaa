// What is done to the cluster from the page, and what Kubernetes and its surroundings answer.
import type { Page } from "@playwright/test";
import { expect, open, test } from "./page.ts";

const details = (page: Page) => page.getByRole("complementary", { name: "Details" });
const newestOutcome = (page: Page) => page.locator(".log-table tbody tr .log-outcome").first();

test("a drained node is cordoned and its pods come up elsewhere", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /^Node node-1/ }).click();
  await details(page).getByRole("button", { name: "Drain: evict its Pods" }).click();
  await expect(page.getByRole("button", { name: /^Pod kubia-\w{5}, Terminating/ })).toHaveCount(1);
  await expect(page.getByRole("button", { name: /^Pod kubia-\w{5}, Ready/ })).toHaveCount(3);
  await page.getByRole("tab", { name: "Objects" }).click();
  const pods = page.getByRole("row", { name: /kubia-\w{5}.*(node-2|node-3)/ });
  await expect(pods).toHaveCount(3);
  await expect(details(page).getByRole("button", { name: "Uncordon", exact: true })).toBeVisible();
});

test("without a provider a load balancer stays <pending>, and nothing is sent to it", async ({ page }) => {
  await open(page, "?lang=en#example/loadbalancer");
  await page.getByRole("button", { name: "Cluster" }).click();
  await page.getByLabel(/The cloud provides load balancers/).uncheck();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByRole("button", { name: /^Service / })).toHaveCount(0);
  await page.getByRole("button", { name: "Apply", exact: true }).click();
  await page.getByRole("button", { name: /^Service / }).click();
  await expect(details(page).getByText("<pending>", { exact: true })).toBeVisible();
  await expect(newestOutcome(page)).toHaveText(
    "Not sentService default/kubia-loadbalancer has no external IP yet",
  );
});

test("an Ingress answers 404 where no rule matches and 503 where no pod is left", async ({ page }) => {
  await open(page, "?lang=en#example/ingress");
  await page.getByRole("button", { name: /^Client client-c/ }).click();
  await details(page).getByRole("textbox", { name: "URL" }).fill("http://nowhere.example.com/");
  await details(page).getByRole("textbox", { name: "/etc/hosts" }).fill("{ingress} nowhere.example.com");
  await details(page).getByRole("button", { name: "Save" }).click();
  const rowOf = (host: string) => page.locator(".log-table tbody tr", { hasText: host }).first();
  await expect(rowOf("nowhere.example.com").locator(".log-outcome")).toHaveText("404");
  await details(page).getByRole("textbox", { name: "URL" }).fill("http://foo.example.com/gone");
  await details(page).getByRole("textbox", { name: "/etc/hosts" }).fill("{ingress} foo.example.com");
  await details(page).getByRole("button", { name: "Save" }).click();
  await page.getByRole("tab", { name: "Objects" }).click();
  await page.getByRole("combobox", { name: "Kind" }).selectOption("Deployment");
  await page.getByRole("row", { name: /foo/ }).getByRole("button").first().click();
  await details(page).getByRole("button", { name: "Scale to 1", exact: true }).click();
  await details(page).getByRole("button", { name: "Scale to 0", exact: true }).click();
  await page.getByRole("tab", { name: "Requests" }).click();
  await expect(rowOf("foo.example.com/gone").locator(".log-outcome")).toHaveText("503");
});

test("the clock runs at a tenth and at ten times its speed, and skips to what happens next", async ({
  page,
}) => {
  await open(page);
  const clock = async (): Promise<number> => {
    const [minutes, seconds] = (await page.locator(".clock span").textContent())!.split(":").map(Number);
    return minutes! * 60 + seconds!;
  };
  const seconds = async (speed: string): Promise<number> => {
    await page.getByRole("button", { name: speed, exact: true }).click();
    const before = await clock();
    await page.waitForTimeout(3000);
    return (await clock()) - before;
  };
  const slow = await seconds("0.1×");
  const fast = await seconds("10×");
  expect(slow).toBeLessThan(1);
  expect(fast).toBeGreaterThan(15);
  await page.getByRole("button", { name: /^Pause/ }).click();
  const before = await clock();
  const skipped = async (): Promise<number> => {
    await page.getByRole("button", { name: /^Skip/ }).click();
    return clock();
  };
  // The next thing may come sooner than the clock shows.
  await expect.poll(skipped).toBeGreaterThan(before);
});

test("the editor shows a field's documentation, and Monaco speaks the reader's language", async ({
  page,
}) => {
  await open(page, "?lang=zh");
  const word = page.locator(".view-line span span", { hasText: "selector" }).first();
  await expect(word).toBeVisible();
  await word.hover();
  await expect(page.locator(".monaco-hover-content").first()).toContainText(
    "Route service traffic to pods with label keys and values matching this selector.",
  );
  await word.click();
  await page.keyboard.press("ControlOrMeta+f");
  await expect(page.locator(".find-widget").getByRole("textbox", { name: "查找" }).first()).toBeVisible();
});

test("more than four nodes have one stack of doors that can be read and clicked, also after a reload", async ({
  page,
}) => {
  await open(page);
  await page.getByRole("button", { name: "Cluster settings" }).click();
  await page.getByRole("spinbutton", { name: "Nodes" }).fill("5");
  await page.getByRole("button", { name: "Make a new cluster" }).click();
  const doors = page.getByRole("button", { name: /^5 doors/ });
  await doors.click();
  const onTop = () =>
    doors.evaluate((card) => {
      const { x, y, width, height } = card.getBoundingClientRect();
      return card.contains(document.elementFromPoint(x + width / 2, y + height / 2));
    });
  expect(await onTop()).toBe(true);
  await expect.poll(() => page.evaluate(() => history.state as unknown)).not.toBeNull();
  await page.reload();
  await expect(doors).toBeVisible();
});
