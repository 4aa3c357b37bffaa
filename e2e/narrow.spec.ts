// The terminal in a hand: tables keep their lines, a finger moves them, and what is typed stays in sight.
import type { Page } from "@playwright/test";
import { expect, open, rows, test } from "./page.ts";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

async function drag(page: Page, from: [number, number], to: [number, number]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", share: number) =>
    session.send("Input.dispatchTouchEvent", {
      type,
      touchPoints:
        type === "touchEnd"
          ? []
          : [{ x: from[0] + (to[0] - from[0]) * share, y: from[1] + (to[1] - from[1]) * share }],
    });
  await touch("touchStart", 0);
  for (let step = 1; step <= 10; step++) await touch("touchMove", step / 10);
  await touch("touchEnd", 1);
}

test("tables keep their lines on a narrow screen, which scrolls both ways and follows what is typed", async ({
  page,
}) => {
  await open(page);
  await page.getByRole("tab", { name: "Terminal" }).click();
  await expect.poll(async () => (await rows(page)).at(-1)).toMatch(/\$$/);
  await page.keyboard.type("kubectl get pods -o wide\n");
  const head = /^NAME +READY +STATUS +RESTARTS +AGE +IP +NODE +NOMINATED NODE +READINESS GATES$/;
  await expect.poll(() => rows(page)).toContainEqual(expect.stringMatching(head));
  await page.keyboard.type("kubectl get all -A\n");
  await expect.poll(async () => (await rows(page)).at(-1)).toMatch(/\$$/);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);

  const holder = page.locator(".terminal-holder");
  const left = (): Promise<number> => holder.evaluate((element) => element.scrollLeft);
  const box = (await holder.boundingBox())!;
  const [x, y] = [box.x + 200, box.y + 40];
  expect(await left()).toBe(0);
  await drag(page, [x, y], [x - 150, y]);
  await expect.poll(left).toBeGreaterThan(100);
  const before = await rows(page);
  await drag(page, [x, y], [x, y + 120]);
  await expect.poll(() => rows(page)).not.toEqual(before);

  await page.keyboard.type(`echo ${"x".repeat(60)}`);
  await expect.poll(left).toBeGreaterThan(200);
  await page.keyboard.press("Control+u");
  await expect.poll(left).toBe(0);
});
