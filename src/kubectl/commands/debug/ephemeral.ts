// kubectl debug beside a running pod: an ephemeral container, by the pod's subresource.
// Kubernetes: debugByEphemeralContainer in staging/src/k8s.io/kubectl/pkg/cmd/debug/debug.go (v1.35)
import type { Status } from "#api/meta";
import type { Pod } from "#api/pod/types";
import type { JsonObject } from "#base/json";
import { plainError, StatusError } from "../../errors.ts";
import { text } from "../../flags.ts";
import { goQuote } from "../../go-values.ts";
import { withCustom } from "./custom.ts";
import { containerFromFlags, debuggerName, podPath, warnOfUser, type Draft, type Making } from "./making.ts";
import { applyProfile } from "./profiles.ts";

export function besidePod(making: Making, pod: Pod): { pod: Pod; container: string } {
  const { io, flags, custom } = making;
  const name = debuggerName(making, pod);
  const target = text(flags, "target");
  const plain: JsonObject = {
    ...containerFromFlags(making, name),
    ...(target && { targetContainerName: target }),
  };
  applyProfile(flags, pod as unknown as Draft, plain, "ephemeral");
  const container = withCustom(plain, custom);
  warnOfUser(io, container, pod);
  const order = [...(pod.spec.ephemeralContainers ?? []), { name }].map((item) => ({ name: item.name }));
  const response = io.handle({
    method: "PATCH",
    path: `${podPath(pod.metadata.namespace ?? "", pod.metadata.name)}/ephemeralcontainers`,
    contentType: "application/strategic-merge-patch+json",
    body: {
      spec: { "$setElementOrder/ephemeralContainers": order, ephemeralContainers: [container] },
    },
  });
  if (response.status >= 400) {
    const status = response.body as unknown as Status;
    if (status.reason === "NotFound" && !status.details?.name)
      throw plainError(
        `ephemeral containers are disabled for this cluster (error from server: ${goQuote(status.message ?? "")})`,
      );
    throw new StatusError(status);
  }
  return { pod: response.body as unknown as Pod, container: name };
}
