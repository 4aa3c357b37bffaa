import { expect, test } from "vitest";
import { createControlPlane, setReady, type ControlPlane } from "../testing/control-plane.ts";
import { pod, service } from "../testing/manifests.ts";

const WEB = { selector: { app: "web" }, ports: [{ port: 80, targetPort: 8080 }] };

/** How many of the Services' slices and Endpoints say that the pod is ready. */
function told(plane: ControlPlane): [slices: number, endpoints: number] {
  const slices = plane.api.list("EndpointSlice", { namespace: "default" });
  const endpoints = plane.api.list("Endpoints", { namespace: "default" });
  return [
    slices.filter((slice) =>
      slice.endpoints?.some(({ targetRef, conditions }) => targetRef && conditions?.ready),
    ).length,
    endpoints.filter(({ subsets }) =>
      subsets?.some(({ addresses }) => addresses?.some(({ targetRef }) => targetRef)),
    ).length,
  ];
}

test("PACE-4: a pod of forty Services is told by thirty at once and by twenty a second after that", () => {
  const plane = createControlPlane();
  plane.api.create("Pod", "default", pod("web"));
  for (let index = 0; index < 40; index++)
    plane.api.create("Service", "default", service(`web-${index}`, WEB));
  plane.advance(10_000);
  expect(told(plane)).toEqual([40, 40]);
  setReady(plane, "web", false);
  plane.advance(10_000);
  expect(told(plane)).toEqual([0, 0]);
  setReady(plane, "web", true);
  const start = plane.machine.state.now;
  const times = [50, 150, 350, 650].map((ms) => {
    plane.machine.runUntil(start + ms);
    return told(plane);
  });
  expect(times).toEqual([
    [30, 30],
    [32, 32],
    [36, 36],
    [40, 40],
  ]);
});

test("PACE-4: changes that come while a Service waits go into one write", () => {
  const plane = createControlPlane();
  plane.api.create("Pod", "default", pod("web"));
  for (let index = 0; index < 40; index++)
    plane.api.create("Service", "default", service(`web-${index}`, WEB));
  plane.advance(10_000);
  const versions = (): Map<string, number> =>
    new Map(
      plane.api
        .list("EndpointSlice", { namespace: "default" })
        .map(({ metadata }) => [metadata.name, metadata.generation ?? 0]),
    );
  const before = versions();
  for (let round = 0; round < 8; round++) {
    setReady(plane, "web", round % 2 === 1);
    plane.advance(100);
  }
  plane.advance(5000);
  const writes = [...versions()].reduce((sum, [name, version]) => sum + version - before.get(name)!, 0);
  // Eight changes of forty slices would be 320.
  expect(writes).toBeLessThan(100);
  expect(told(plane)).toEqual([40, 40]);
});
