// Runs one command in a container for cp, with everything that it writes collected.
import type { Pod } from "#api/pod/types";
import { KubectlError, type KubectlIo } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { request } from "../../resources.ts";
import { containerFor } from "../../writing/pod-for.ts";
import { checkReachable, refusalText } from "../../writing/pod-session.ts";
import type { FileSpec } from "./spec.ts";

export interface RunOptions {
  at: FileSpec;
  container: string;
  command: readonly string[];
  stdin?: string;
  /** Where messages go: tar's own and kubectl's about the container. */
  messages: (text: string) => void;
}

/** What it wrote to stdout. Throws if it fails. */
export async function runInPod(
  io: KubectlIo,
  options: RunOptions,
): Promise<{ stdout: string; exit: number }> {
  const { at, command, stdin, messages } = options;
  const path = `/api/v1/namespaces/${encodeURIComponent(at.namespace)}/pods/${encodeURIComponent(at.pod)}`;
  const pod = request(io, { method: "GET", path }).body as unknown as Pod;
  const { phase } = pod.status;
  if (phase === "Succeeded" || phase === "Failed")
    throw plainError(`cannot exec into a container in a completed pod; current phase is ${phase}`);
  const speaking = Object.assign(Object.create(io) as KubectlIo, { stderr: messages });
  const container = containerFor(speaking, pod, options.container, false);
  checkReachable(pod, container);
  let stdout = "";
  const connection = io.exec(
    {
      namespace: at.namespace,
      pod: at.pod,
      container,
      command,
      stdin: stdin !== undefined,
      tty: false,
      ownInput: true,
    },
    (stream, text) => (stream === "stdout" ? void (stdout += text) : messages(text)),
  );
  if (stdin !== undefined) {
    connection.write(stdin);
    connection.write(undefined);
  }
  io.signal.addEventListener("abort", () => connection.stop());
  const end = await connection.ended;
  if ("error" in end) throw plainError(refusalText(end.error, container));
  return { stdout, exit: end.exit };
}

export const exitError = (exit: number): KubectlError =>
  new KubectlError(`command terminated with exit code ${exit}`, exit);
