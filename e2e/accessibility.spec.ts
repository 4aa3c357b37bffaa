import AxeBuilder from "@axe-core/playwright";
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
    // Monaco's own text area keeps ARIA attributes that axe does not accept; it is not ours to change.
    const { violations } = await new AxeBuilder({ page }).exclude(".monaco-host").analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))])).toEqual([]);
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
