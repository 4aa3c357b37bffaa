import { expect, test } from "vitest";
import { setColumns } from "./tabwriter.ts";

test("DESCRIBE-1: a column is made of neighbouring lines that have it, two blanks wider than its widest cell", () => {
  expect(setColumns("Name:\tweb\nPort:\thttp\t80/TCP\nNodePort:\thttp\t30080/TCP\nEvents:\t<none>\n")).toBe(
    "Name:      web\nPort:      http  80/TCP\nNodePort:  http  30080/TCP\nEvents:    <none>\n",
  );
});

test("DESCRIBE-1: a line without tabs ends all columns, and empty cells are two blanks wide", () => {
  expect(setColumns("A:\t1\nData\nLonger name:\t2\nx\ty\t\tz\n\t\nä:\t3\n")).toBe(
    "A:  1\nData\nLonger name:  2\nx             y    z\n              \nä:            3\n",
  );
});
