// One DELETE, and waiting until the object is gone: for delete, replace --force, apply --force and run --rm.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/delete/delete.go, wait/wait.go (v1.35)
import { isObject, type JsonObject } from "#base/json";
import type { KubectlIo } from "../command.ts";
import { resourcePath, type ResourceMapping } from "../discovery.ts";
import { plainError } from "../errors.ts";
import { request } from "../resources.ts";
import type { DryRun } from "./dry-run.ts";
import { waitUntil } from "./wait-until.ts";

export interface Deletion {
  resource: ResourceMapping;
  namespace: string | undefined;
  name: string;
}

export interface DeletionOptions {
  policy: "Background" | "Foreground" | "Orphan";
  graceSeconds?: number;
  dryRun?: DryRun;
  /** `error when deleting "x.yaml"` */
  context?: string;
}

/** Deletes, and returns the uid of what was deleted. */
export function deleteObject(
  io: KubectlIo,
  { resource, namespace, name }: Deletion,
  options: DeletionOptions,
): string | undefined {
  const { policy, graceSeconds, dryRun, context } = options;
  const { body } = request(
    io,
    {
      method: "DELETE",
      path: resourcePath(resource, namespace, name),
      body: {
        kind: "DeleteOptions",
        apiVersion: "v1",
        propagationPolicy: policy,
        ...(graceSeconds !== undefined && { gracePeriodSeconds: graceSeconds }),
        ...(dryRun === "server" && { dryRun: ["All"] }),
      },
    },
    context,
  );
  const { details, metadata } = body as { details?: { uid?: string }; metadata?: { uid?: string } };
  return details?.uid ?? metadata?.uid;
}

/** Until the object is gone or another has its name; throws when the time is up. */
export async function waitGone(
  io: KubectlIo,
  { resource, namespace, name }: Deletion,
  uid: string | undefined,
  timeoutMs: number,
): Promise<void> {
  const path = resourcePath(resource, namespace, name);
  const gone = await waitUntil(io, timeoutMs, () => {
    const { status, body } = io.handle({ method: "GET", path });
    if (status === 404) return true;
    const metadata = isObject(body) ? (body as JsonObject)["metadata"] : undefined;
    const now = isObject(metadata) ? metadata["uid"] : undefined;
    return uid !== undefined && now !== uid ? true : undefined;
  });
  if (!gone) throw plainError(`timed out waiting for the condition on ${resource.resource}/${name}`);
}
