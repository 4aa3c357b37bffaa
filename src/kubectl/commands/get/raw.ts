// `kubectl get --raw PATH`: what the server answers, as it is.
import type { FlagValues, KubectlIo } from "../../command.ts";
import { plainError, StatusError } from "../../errors.ts";
import { flag, list, text } from "../../flags.ts";
import type { Status } from "#api/meta";
import { requireRawPath } from "../../writing/manifest-check.ts";

export function getRaw(raw: string, args: readonly string[], flags: FlagValues, io: KubectlIo): number {
  if (args.length > 0) throw plainError("arguments may not be passed when --raw is specified");
  if (
    flag(flags, "watch") ||
    flag(flags, "watch-only") ||
    text(flags, "selector") ||
    list(flags, "label-columns").length > 0
  )
    throw plainError(
      "--raw may not be specified with other flags that filter the server request or alter the output",
    );
  if (text(flags, "output")) throw plainError("--raw and --output are mutually exclusive");
  requireRawPath(raw);
  const [path = "", search = ""] = raw.split("?");
  const query = Object.fromEntries(
    search
      .split("&")
      .filter((part) => part !== "")
      .map((part) => {
        const [key = "", value = ""] = part.split("=");
        return [decodeURIComponent(key), decodeURIComponent(value)];
      }),
  );
  const response = io.handle({ method: "GET", path, query });
  if (response.status >= 400) throw new StatusError(response.body as unknown as Status);
  io.stdout(rawText(path, response.body));
  return 0;
}

/** Texts as they are, the version indented, everything else on one line. */
function rawText(path: string, body: unknown): string {
  if (typeof body === "string") return body;
  return path === "/version" ? JSON.stringify(body, null, 2) : `${JSON.stringify(body)}\n`;
}
