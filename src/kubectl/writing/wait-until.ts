// Waiting for something on the server to come true, in virtual time and until Ctrl-C.
import { KubectlError, type KubectlIo } from "../command.ts";

const STEP_MS = 100;

/** What `check` finds, or undefined once the time is up (0: no limit). */
export async function waitUntil<T>(
  io: KubectlIo,
  timeoutMs: number,
  check: () => T | undefined,
): Promise<T | undefined> {
  const start = io.nowMs();
  for (;;) {
    const found = check();
    if (found !== undefined) return found;
    const left = timeoutMs > 0 ? start + timeoutMs - io.nowMs() : STEP_MS;
    if (left <= 0) return undefined;
    await io.sleep(Math.min(STEP_MS, left));
    stopIfAborted(io);
  }
}

/** Ctrl-C ends kubectl without a word. */
function stopIfAborted(io: KubectlIo): void {
  if (io.signal.aborted) throw new KubectlError("", 130);
}
