// What all browser tests share: a page that complains of every console error and of every request to another origin.
import { expect, test as base, type Page } from "@playwright/test";

export const test = base.extend<{ quiet: string[] }>({
  quiet: [
    async ({ page, baseURL }, use) => {
      const complaints: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error") complaints.push(message.text());
      });
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("request", (request) => {
        const { protocol, origin } = new URL(request.url());
        if (protocol.startsWith("http") && origin !== new URL(baseURL!).origin)
          complaints.push(`request to ${request.url()}`);
      });
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Opens the page and waits until the cluster is there. */
export async function open(page: Page, address = "?lang=en"): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole("button", { name: /^Service / }).first()).toBeVisible();
}

/** Sets the Monaco editor's text as a person would: focus, select all, paste (typing would indent by itself). */
export async function typeManifest(page: Page, text: string): Promise<void> {
  const editor = page.locator(".monaco-host .monaco-editor").first();
  await expect(editor).toBeVisible();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((value) => navigator.clipboard.writeText(value), text);
  await editor.locator(".view-lines").click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("ControlOrMeta+v");
}

/** What the terminal shows, without empty lines at its end. */
export async function rows(page: Page): Promise<string[]> {
  const lines = await page
    .locator(".xterm-rows > div")
    .evaluateAll((items) => items.map((row) => (row.textContent ?? "").replaceAll("\u00a0", " ").trimEnd()));
  while (lines.at(-1) === "") lines.pop();
  return lines;
}
