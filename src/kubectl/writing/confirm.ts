// Questions that kubectl asks before it does something. Called by delete --interactive and `kubectl alpha kuberc view`.
import type { KubectlIo } from "../command.ts";

/** Yes is a single y on the first line. */
export async function confirmed(io: KubectlIo, question: string): Promise<boolean> {
  io.stdout(`${question} (y/N): `);
  return /^[ \t]*y[ \t]*(?:\n|$)/i.test(await io.stdin());
}
