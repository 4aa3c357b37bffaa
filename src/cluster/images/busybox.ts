// busybox and alpine: a shell and applets; they run what the manifest says, and end at once without a terminal.
import { defineImage } from "./image.ts";
import { BUSYBOX_COMMANDS } from "./tools.ts";

export const busybox = defineImage({
  repository: "docker.io/library/busybox",
  sizeBytes: 2_220_000,
  cmd: ["sh"],
  flavour: "busybox",
  commands: BUSYBOX_COMMANDS,
  versions: { busybox: "1.37.0" },
});
