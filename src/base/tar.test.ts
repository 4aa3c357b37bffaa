import { expect, test } from "vitest";
import { packTar, unpackTar, type TarEntry } from "./tar.ts";

test("files and folders come out of an archive as they went in, long names too", () => {
  const entries: TarEntry[] = [
    { name: "tmp", kind: "directory", text: "", mode: 0o755 },
    { name: "tmp/hello.txt", kind: "file", text: "hello\n", mode: 0o644 },
    { name: `${"folder/".repeat(20)}b.txt`, kind: "file", text: "x".repeat(1500), mode: 0o600 },
    { name: "empty", kind: "file", text: "", mode: 0o644 },
  ];
  const archive = packTar(entries);
  expect(archive.length % 512).toBe(0);
  expect(unpackTar(archive)).toEqual(entries);
});

test("what is no archive is told from an empty one", () => {
  expect(unpackTar("")).toBeUndefined();
  expect(unpackTar("x".repeat(1024))).toBeUndefined();
  expect(unpackTar(packTar([]))).toEqual([]);
});
