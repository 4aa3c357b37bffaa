// Base64 and UTF-8: known texts, there and back, and what is neither.
import { expect, test } from "vitest";
import { decodeBase64, decodeBase64Url, decodeBytes, encodeBase64, encodeBase64Url } from "./base64.ts";
import { decodeUtf8, encodeUtf8, strictUtf8 } from "./utf8.ts";

test("Base64 pads to groups of four", () => {
  expect(["", "s", "s3", "s3c", "s3cret"].map(encodeBase64)).toEqual([
    "",
    "cw==",
    "czM=",
    "czNj",
    "czNjcmV0",
  ]);
  expect(["", "cw==", "czM=", "czNj"].map(decodeBase64)).toEqual(["", "s", "s3", "s3c"]);
  expect(["cw", "cw=", "c w==", "cw-_"].map(decodeBytes)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test("base64url has its own two signs and no padding", () => {
  expect(encodeBase64Url([0xfb, 0xff])).toBe("-_8");
  expect(decodeBase64Url("-_8")).toEqual([0xfb, 0xff]);
  expect(["+/8", "a", "-_8="].map(decodeBase64Url)).toEqual([undefined, undefined, undefined]);
});

test("text goes there and back through UTF-8", () => {
  const text = "Grüße, 世界 🎉";
  expect(decodeUtf8(encodeUtf8(text))).toBe(text);
  expect(strictUtf8(encodeUtf8(text))).toBe(text);
  expect(decodeBase64(encodeBase64(text))).toBe(text);
});

test.each([
  ["a lone byte", [0xff], "\uFFFD"],
  ["a sequence that is cut", [0xe4, 0xb8], "\uFFFD\uFFFD"],
  ["a sequence that is longer than it needs to be", [0xc0, 0x80], "\uFFFD\uFFFD"],
  ["half of a surrogate pair", [0xed, 0xa0, 0x80], "\uFFFD\uFFFD\uFFFD"],
  ["more than Unicode has", [0xf4, 0x90, 0x80, 0x80], "\uFFFD\uFFFD\uFFFD\uFFFD"],
])("%s is no UTF-8", (_, bytes, replaced) => {
  expect(decodeUtf8([65, ...bytes, 66])).toBe(`A${replaced}B`);
  expect(strictUtf8(bytes)).toBeUndefined();
});
