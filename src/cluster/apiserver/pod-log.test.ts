import { expect, test } from "vitest";
import { createCluster } from "../cluster.ts";
import { DEFAULT_SETTINGS } from "../settings.ts";

const POD = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "box" },
  spec: {
    restartPolicy: "Never",
    containers: [
      { name: "main", image: "busybox:1.36", command: ["sh", "-c", "echo one; echo two; printf three"] },
      { name: "side", image: "busybox:1.36", command: ["sleep", "3600"] },
      { name: "lost", image: "no-such-image" },
    ],
  },
};

function started() {
  const cluster = createCluster({ ...DEFAULT_SETTINGS, imagesPresent: true });
  cluster.advance(2000);
  const made = cluster.handle({ method: "POST", path: "/api/v1/namespaces/default/pods", body: POD });
  expect(made.status).toBe(201);
  cluster.advance(10_000);
  return (query: Record<string, string>, pod = "box") => {
    const path = `/api/v1/namespaces/default/pods/${pod}/log`;
    const { status, body } = cluster.handle({ method: "GET", path, query });
    return status === 200 ? body : (body as { message: string }).message;
  };
}

test("API-36: pods/log gives what a container has written, whole, from its end, or cut", () => {
  const log = started();
  expect(log({ container: "main" })).toBe("one\ntwo\nthree");
  expect(log({ container: "main", tailLines: "2" })).toBe("two\nthree");
  expect(log({ container: "main", tailLines: "0" })).toBe("");
  expect(log({ container: "main", limitBytes: "6" })).toBe("one\ntw");
  expect(log({ container: "side" })).toBe("");
  expect(log({ container: "main", timestamps: "true", tailLines: "1" })).toMatch(
    /^2026-03-02T09:00:\d\d(\.\d+)?Z three$/,
  );
});

test("API-37: pods/log says why there is nothing to read", () => {
  const log = started();
  expect(log({})).toBe("a container name must be specified for pod box, choose one of: [main side lost]");
  expect(log({ container: "other" })).toBe("container other is not valid for pod box");
  expect(log({ container: "main", previous: "true" })).toBe(
    'previous terminated container "main" in pod "box" not found',
  );
  expect(log({ container: "lost" })).toMatch(
    /^container "lost" in pod "box" is waiting to start: (image can't be pulled|trying and failing to pull image)$/,
  );
  expect(log({}, "none")).toBe('pods "none" not found');
});
