// openssl: those of its commands that people use beside a cluster.
import { defineCommand } from "../command.ts";
import { genrsa, req } from "./make.ts";
import { sClient, type SClientState } from "./s-client.ts";
import { x509 } from "./x509.ts";

export const openssl = defineCommand({
  name: "openssl",
  run(context, resume) {
    const words = context.argv.slice(1);
    const [name] = words;
    if (name === "s_client") {
      const state = resume && (resume.state as unknown as SClientState);
      return sClient(context, words, state && { state, answer: resume.answer });
    }
    if (name === "x509") return x509(context, words);
    if (name === "genrsa") return genrsa(context, words);
    if (name === "req") return req(context, words);
    if (name === "version" || name === "-v") {
      context.out("OpenSSL 3.0.17 1 Jul 2025 (Library: OpenSSL 3.0.17 1 Jul 2025)\n");
      return { exit: 0 };
    }
    if (name === undefined) return { exit: 0 };
    context.err(`Invalid command '${name}'; type "help" for a list.\n`);
    return { exit: 1 };
  },
});
