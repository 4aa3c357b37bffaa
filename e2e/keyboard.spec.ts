// The page without a mouse: what takes Tab for itself is left by Escape, the focus is never lost, and arrows walk.
import type { Page } from "@playwright/test";
import { expect, open, rows, test } from "./page.ts";

const focused = (page: Page) => page.locator("*:focus");
const press = async (page: Page, ...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

test("Escape leads out of the editor, Tab passes it by then, and the arrow down leads back", async ({
  page,
}) => {
  await open(page);
  const text = page.getByRole("textbox", { name: /^Manifest service.yaml/ });
  const tab = page.getByRole("tab", { name: /^service\.yaml/ });
  const apply = page.getByRole("button", { name: "Apply", exact: true });
  await expect(text).toBeAttached();
  await page.getByRole("button", { name: "New file" }).focus();
  await press(page, "Tab");
  await expect(text).toBeFocused();
  const leave = page.locator(".editor-leave");
  await expect(leave).toHaveText("Esc leaves the editor");
  await expect(leave).toBeVisible();
  await press(page, "Escape");
  await expect(tab).toBeFocused();
  await expect(leave).toBeHidden();
  await press(page, "Tab", "Tab", "Tab");
  await expect(apply).toBeFocused();
  await press(page, "Shift+Tab", "Shift+Tab", "Shift+Tab", "ArrowDown");
  await expect(text).toBeFocused();
  // Whoever comes back from elsewhere finds the text on the way again.
  await press(page, "Escape");
  await page.getByRole("button", { name: "Pause" }).focus();
  await apply.focus();
  await press(page, "Shift+Tab");
  await expect(text).toBeFocused();
});

test("Escape twice leads out of the terminal, Tab passes it by then, and its tab leads back", async ({
  page,
}) => {
  await open(page);
  await page.getByRole("tab", { name: "Requests" }).focus();
  await press(page, "ArrowRight", "ArrowRight");
  const terminal = page.getByRole("textbox", { name: /^Terminal Workstation/ });
  await expect(terminal).toBeFocused();
  await expect.poll(async () => (await rows(page)).at(-1)).toMatch(/\$$/);
  await press(page, "Tab");
  await expect(terminal).toBeFocused();
  await press(page, "Escape", "Escape");
  const tab = page.getByRole("button", { name: "Workstation", exact: true });
  await expect(tab).toBeFocused();
  await press(page, "Tab", "Tab", "Tab");
  await expect(page.getByRole("separator", { name: "Resize Details" })).toBeFocused();
  await tab.focus();
  await press(page, "Enter");
  await expect(terminal).toBeFocused();
});

test("arrows go from lane to lane; what is let go of leaves the focus where it was", async ({ page }) => {
  await open(page);
  await page.getByRole("link", { name: "Skip to the canvas" }).focus();
  await press(page, "Enter", "Tab");
  await expect(focused(page)).toHaveAccessibleName(/^Client client-a/);
  for (const name of [/^Door of node-1/, /^Service kubia-nodeport/, /^Pod kubia-/]) {
    await press(page, "ArrowRight");
    await expect(focused(page)).toHaveAccessibleName(name);
  }
  await press(page, "Enter");
  const summary = page.getByRole("tab", { name: "Summary" });
  await summary.focus();
  await press(page, "ArrowRight");
  await expect(page.getByRole("tab", { name: "YAML", exact: true })).toBeFocused();
  await expect(page.getByRole("region", { name: "YAML" })).toBeVisible();
  await press(page, "Escape");
  await expect(page.getByRole("region", { name: "Details" })).toBeFocused();
});

test("dialogs give the focus back, also where something was chosen; Escape closes the legend first", async ({
  page,
}) => {
  await open(page);
  const card = page.getByRole("button", { name: /^Service kubia-nodeport/ });
  await card.focus();
  await press(page, "ControlOrMeta+k");
  await expect(page.getByRole("combobox", { name: /Find/ })).toBeFocused();
  await page.keyboard.type("node-2");
  await press(page, "Enter");
  await expect(page.getByRole("heading", { level: 2, name: "node-2" })).toBeVisible();
  await expect(card).toBeFocused();
  await press(page, "?");
  await expect(page.getByRole("dialog")).toBeVisible();
  await press(page, "Enter");
  await expect(card).toBeFocused();
  await page.getByRole("button", { name: "Show the legend" }).focus();
  await press(page, "Enter");
  await expect(page.locator(".legend")).toBeVisible();
  await press(page, "Escape");
  await expect(page.locator(".legend")).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 2, name: "node-2" })).toBeVisible();
});

test("forms take what is typed key by key: lines, and numbers that begin too small", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /^Client client-a/ }).press("Enter");
  const hosts = page.getByRole("textbox", { name: "/etc/hosts" });
  await hosts.press("ControlOrMeta+a");
  await page.keyboard.type("203.0.113.12 kubia.example.com\n203.0.113.13 b");
  await expect(hosts).toHaveValue("203.0.113.12 kubia.example.com\n203.0.113.13 b");
  const headers = page.getByRole("textbox", { name: "Headers" });
  await headers.press("ControlOrMeta+a");
  await page.keyboard.type("Host: kubia.example.com\nX-B: 1");
  await expect(headers).toHaveValue("Host: kubia.example.com\nX-B: 1");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.locator(".inspector .command").first()).toContainText("-H 'X-B: 1'");
  const rate = page.getByRole("spinbutton", { name: "Requests per second" });
  await rate.press("ControlOrMeta+a");
  await page.keyboard.press("Delete");
  await expect(rate).toHaveValue("");
  await page.keyboard.type("2.5");
  await expect(rate).toHaveValue("2.5");

  await page.getByRole("button", { name: /^Pod / }).first().press("Enter");
  await page.getByRole("button", { name: /^Expose as a Service/ }).click();
  const port = page.getByRole("spinbutton", { name: "port" });
  await port.fill("70000");
  await page.getByRole("button", { name: "Write the YAML" }).click();
  await expect(port).toHaveValue("70000");
  await port.fill("8081");
  await page.getByRole("button", { name: "Write the YAML" }).click();
  await expect(page.locator(".monaco-host .view-lines").first()).toContainText("port: 8081");

  await page.getByRole("button", { name: "Cluster settings" }).click();
  const hop = page.getByRole("dialog").getByRole("spinbutton").nth(2);
  await hop.press("ControlOrMeta+a");
  await page.keyboard.type("0.5");
  await expect(hop).toHaveValue("0.5");
  await hop.press("ControlOrMeta+a");
  await page.keyboard.type("9000");
  await hop.press("Tab");
  await expect(hop).toHaveValue("2000");
});

test("a client keeps its name to itself, and gets another only where that is free", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /^Client client-a/ }).press("Enter");
  const name = page.getByRole("textbox", { name: "Name", exact: true });
  const save = page.getByRole("button", { name: "Save" });
  await name.fill("client-b");
  await expect(page.getByRole("alert")).toHaveText("Another client has this name.");
  await expect(save).toBeDisabled();
  await name.fill(" ");
  await expect(page.getByRole("alert")).toHaveText("A client needs a name.");
  await expect(save).toBeDisabled();
  await name.fill("visitor ");
  await save.click();
  await expect(page.getByRole("button", { name: /^Client visitor,/ })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await expect(page.getByRole("button", { name: /^Client client-/ })).toHaveCount(1);
});

test("what is chosen stays where it stands, and Find says when nothing fits", async ({ page }) => {
  await open(page);
  const card = page.getByRole("button", { name: /^Service / });
  const places = (): Promise<number[]> =>
    card
      .locator("span")
      .evaluateAll((items) =>
        items.flatMap((item) => [item.getBoundingClientRect().x, item.getBoundingClientRect().y]),
      );
  const before = await places();
  await card.click();
  await expect(card).toHaveAttribute("aria-pressed", "true");
  await page.waitForTimeout(500);
  expect(await places()).toEqual(before);
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("combobox", { name: /^Find/ })).toBeFocused();
  await page.keyboard.type("nowhere at all");
  await expect(page.getByRole("dialog").getByRole("status")).toHaveText("Nothing is called that.");
  await expect(page.getByRole("option")).toHaveCount(0);
});
