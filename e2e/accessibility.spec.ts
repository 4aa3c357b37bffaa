import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, open, test } from "./page.ts";

const VARIANTS = [
  { theme: "light", lang: "en", width: 1600, height: 1000 },
  { theme: "dark", lang: "en", width: 1280, height: 720 },
  { theme: "light", lang: "zh", width: 1280, height: 720 },
  { theme: "dark", lang: "zh", width: 390, height: 844 },
] as const;

for (const { theme, lang, width, height } of VARIANTS) {
  test(`axe finds nothing: ${theme}, ${lang}, ${width}x${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: theme });
    await open(page, `?lang=${lang}`);
    if (width > 760) {
      await expect(page.locator(".monaco-host .view-lines").first()).toBeVisible();
      await page.locator(".log-table tbody tr .log-open").nth(1).click();
    }
    expect(await complaints(page)).toEqual([]);
  });
}

/** Monaco's own text area keeps ARIA attributes that axe does not accept; it is not ours to change. */
async function complaints(page: Page, part = "html"): Promise<unknown[]> {
  const { violations } = await new AxeBuilder({ page }).include(part).exclude(".monaco-host").analyze();
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))]);
}

test("axe finds nothing in the panels of what can be chosen", async ({ page }) => {
  test.setTimeout(120_000);
  await open(page);
  for (const card of [".card.pod", ".card.service", ".node-head", ".card.client"]) {
    await page.locator(`.canvas ${card}`).first().click();
    await expect(page.locator("aside .inspector")).toBeVisible();
    expect([card, await complaints(page, "aside")]).toEqual([card, []]);
    const tabs = page.locator(".object-tabs [role=tab]");
    for (let at = 1; at < (await tabs.count()); at++) {
      await tabs.nth(at).click();
      await expect(tabs.nth(at)).toHaveAttribute("aria-selected", "true");
      expect([card, at, await complaints(page, "aside")]).toEqual([card, at, []]);
    }
  }
  for (const tab of ["Objects", "Terminal"]) {
    await page.getByRole("tab", { name: tab, exact: true }).click();
    expect([tab, await complaints(page, ".tab-body")]).toEqual([tab, []]);
  }
  await page.getByRole("button", { name: "Show the legend" }).click();
  expect(await complaints(page, ".canvas-area")).toEqual([]);
});

for (const { theme, lang, width, height } of [VARIANTS[0], VARIANTS[3]]) {
  test(`axe finds nothing in the dialogs: ${theme}, ${lang}, ${width}x${height}`, async ({ page }) => {
    test.setTimeout(120_000);
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: theme });
    await open(page, `?lang=${lang}`);
    for (const name of [
      /^(Examples|示例)$/,
      /^(Find|查找)$/,
      /^(Cluster settings|集群设置)$/,
      /^(Keyboard and help|键盘与帮助)$/,
      /^(Share|分享)$/,
    ]) {
      await page.getByRole("button", { name }).last().click();
      await expect(page.getByRole("dialog")).toBeVisible();
      expect([String(name), await complaints(page, "dialog")]).toEqual([String(name), []]);
      await page.keyboard.press("Escape");
    }
  });
}

test("nothing is wider than a small screen", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  for (const tab of ["Requests", "Objects", "Editor", "Details"]) {
    await page.getByRole("tab", { name: tab }).click();
    await expect(page.getByRole("tab", { name: tab })).toHaveAttribute("aria-selected", "true");
  }
});
