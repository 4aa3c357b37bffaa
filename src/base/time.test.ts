import { expect, test } from "vitest";
import { formatMicroTime, formatRfc3339, parseRfc3339, toCivil } from "./time.ts";

test("the calendar agrees with the platform's own, leap years and centuries too", () => {
  for (let days = -800_000; days < 800_000; days += 997) {
    const ms = days * 86_400_000 + ((days * 7919) % 86_400) * 1000;
    const date = new Date(ms);
    expect(toCivil(ms)).toEqual({
      year: date.getUTCFullYear(),
      month: date.getUTCMonth() + 1,
      day: date.getUTCDate(),
      hour: date.getUTCHours(),
      minute: date.getUTCMinutes(),
      second: date.getUTCSeconds(),
      weekday: date.getUTCDay(),
    });
    const text = formatRfc3339(ms);
    if (/^\d{4}-/.test(text)) expect(parseRfc3339(text)).toBe(ms);
  }
});

test("times are written with whole seconds or with six decimals, rounded down", () => {
  const ms = Date.UTC(2026, 2, 2, 9) + 1250.75;
  expect(formatRfc3339(ms)).toBe("2026-03-02T09:00:01Z");
  expect(formatMicroTime(ms)).toBe("2026-03-02T09:00:01.250750Z");
  expect(parseRfc3339("2026-03-02T09:00:01.250750Z")).toBe(Date.UTC(2026, 2, 2, 9) + 1250);
});

test("what is no time of day, no day or no UTC timestamp is not read", () => {
  const wrong = [
    "",
    "2026-03-02",
    "2026-03-02T09:00:00",
    "2026-03-02T09:00:00+01:00",
    "2026-13-02T09:00:00Z",
    "2026-00-02T09:00:00Z",
    "2026-02-29T09:00:00Z",
    "2026-04-31T09:00:00Z",
    "2026-03-02T24:00:00Z",
    "2026-03-02T09:60:00Z",
    "2026-03-02T09:00:60Z",
  ];
  expect(wrong.filter((text) => parseRfc3339(text) !== undefined)).toEqual([]);
  expect(parseRfc3339("2028-02-29T23:59:59Z")).toBe(Date.UTC(2028, 1, 29, 23, 59, 59));
});
