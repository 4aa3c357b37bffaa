// What kubectl debug refuses before it asks the server, and what it says meanwhile.
// Kubernetes: Validate in staging/src/k8s.io/kubectl/pkg/cmd/debug/debug.go (v1.35)
import type { JsonObject } from "#base/json";
import type { FlagValues, KubectlIo } from "../../command.ts";
import { plainError } from "../../errors.ts";
import { changed, flag, list, text } from "../../flags.ts";
import { goQuote } from "../../go-values.ts";
import { isImageName } from "../../writing/image-name.ts";
import { pairsOf } from "./making.ts";
import { isProfile } from "./profiles.ts";

export function checkDebug(
  names: readonly string[],
  command: readonly string[],
  flags: FlagValues,
  io: KubectlIo,
  custom: JsonObject | undefined,
): void {
  const fail = (why: string): never => {
    throw plainError(why);
  };
  const profile = text(flags, "profile");
  if (!isProfile(profile)) fail(`unknown profile: ${profile}`);
  const [image, container, target] = ["image", "container", "target"].map((name) => text(flags, name));
  if (changed(flags, "attach") && flag(flags, "attach") && !image && !container)
    fail("you must specify --container or create a new container using --image in order to attach.");
  checkCopy(command, flags, fail);
  if (image && !isImageName(image)) fail(`invalid image name ${goQuote(image)}: invalid reference format`);
  if (names.length === 0 && list(flags, "filename").length === 0)
    fail("NAME or filename is required for debug");
  const pull = text(flags, "image-pull-policy");
  if (!["", "Always", "IfNotPresent", "Never"].includes(pull)) fail(`invalid image pull policy: ${pull}`);
  for (const [name, other] of pairsOf(flags, "set-image"))
    if (!isImageName(other))
      fail(`invalid image name ${goQuote(other)} for container ${goQuote(name)}: invalid reference format`);
  if (target) {
    if (text(flags, "copy-to"))
      fail("--target is incompatible with --copy-to. Use --share-processes instead.");
    if (!flag(flags, "quiet"))
      io.stdout(
        `Targeting container ${goQuote(target)}. If you don't see processes from this container it may be because the container runtime doesn't support this feature.\n`,
      );
  }
  if (flag(flags, "tty") && !flag(flags, "stdin"))
    fail("-i/--stdin is required for containers with -t/--tty=true");
  if (custom && ["name", "command", "image", "lifecycle", "volumeDevices"].some((name) => custom[name]))
    fail("name, command, image, lifecycle and volume devices are not modifiable via custom profile");
  if (profile === "legacy")
    io.stderr(
      '--profile=legacy is deprecated and will be removed in the future. It is recommended to explicitly specify a profile, for example "--profile=general".\n',
    );
}

function checkCopy(command: readonly string[], flags: FlagValues, fail: (why: string) => never): void {
  const image = text(flags, "image");
  const sets = list(flags, "set-image").length > 0;
  if (text(flags, "copy-to")) {
    if (!image && !sets && command.length === 0)
      fail("you must specify --image, --set-image or command arguments.");
    if (command.length > 0 && !text(flags, "container") && !image)
      fail("you must specify an existing container or a new image when specifying args.");
    return;
  }
  if (flag(flags, "replace")) fail("--replace may only be used with --copy-to.");
  if (flag(flags, "same-node")) fail("--same-node may only be used with --copy-to.");
  if (sets) fail("--set-image may only be used with --copy-to.");
  if (!image) fail("you must specify --image when not using --copy-to.");
}
