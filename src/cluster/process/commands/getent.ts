// getent: hosts, ahosts and the like through the host's own resolver; passwd and group from the files.
import type { ResolveAnswer } from "../../http-client/types.ts";
import { defineCommand } from "./command.ts";

export const getent = defineCommand({
  name: "getent",
  run(context, resume) {
    const [database = "", key = ""] = context.argv.slice(1);
    if (/^(passwd|group)$/.test(database)) {
      const file = context.files.read(`/etc/${database}`);
      const lines = "text" in file ? file.text.split("\n") : [];
      const found = lines.filter(
        (line) => line !== "" && (key === "" || line.split(":")[0] === key || line.split(":")[2] === key),
      );
      for (const line of found) context.out(`${line}\n`);
      return { exit: found.length > 0 ? 0 : 2 };
    }
    if (!/^(hosts|ahosts(v[46])?)$/.test(database)) {
      context.err(
        `Unknown database: ${database}\nTry \`getent --help' or \`getent --usage' for more information.\n`,
      );
      return { exit: 1 };
    }
    if (!resume) return { wait: { for: "resolve", name: key }, state: null };
    const answer = resume.answer as unknown as ResolveAnswer;
    if (answer.outcome !== "resolved") return { exit: 2 };
    const name = answer.name.replace(/\.$/, "");
    for (const address of answer.addresses) {
      if (database === "hosts") {
        context.out(`${address.padEnd(15)} ${name}\n`);
        continue;
      }
      const shown = database === "ahostsv6" ? `::ffff:${address}` : address;
      for (const [index, kind] of ["STREAM", "DGRAM", "RAW"].entries()) {
        context.out(`${shown.padEnd(15)} ${kind.padEnd(6)} ${index === 0 ? name : ""}\n`);
      }
    }
    return { exit: 0 };
  },
});
