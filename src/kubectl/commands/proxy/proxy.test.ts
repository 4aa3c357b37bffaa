import { expect, test } from "vitest";
import { terminal } from "../../testing/terminal.ts";

test("REGEX-3: kubectl proxy ends at an expression that Go cannot read", async () => {
  const it = terminal();
  const said = async (flags: string): Promise<string> => {
    const { stdout, stderr, exit } = await it.run(`proxy ${flags}`);
    return `${stdout}${stderr.replace(/^F\d{4} [\d:.]+ +1 /, "F ")}[exit ${exit}]`;
  };
  expect(await said("--accept-paths=^/api,(")).toBe(
    "F proxy_server.go:83] Error compiling re: error parsing regexp: missing closing ): `(`\n[exit 255]",
  );
  expect(await said("--reject-methods=(?!GET)")).toBe(
    "F proxy_server.go:83] Error compiling re: error parsing regexp: invalid or unsupported Perl syntax: `(?!`\n[exit 255]",
  );
});
