import { expect, test } from "vitest";
import { TYPES } from "#api/type-table";
import type { JsonObject } from "#base/json";
import { threeWayPatch } from "./three-way.ts";

const patch = (original: object, modified: object, current: object): JsonObject =>
  threeWayPatch(
    { spec: original } as JsonObject,
    { spec: modified } as JsonObject,
    { spec: current } as JsonObject,
    { types: TYPES, root: "Deployment" },
  );

test("KWRITE-61: a strategy of another type takes the place of the old one with all that the server filled in", () => {
  const rollingUpdate = { maxSurge: "25%", maxUnavailable: "25%" };
  const live = { strategy: { type: "RollingUpdate", rollingUpdate } };
  expect(patch({}, { strategy: { type: "Recreate" } }, live)).toEqual({
    spec: { strategy: { $retainKeys: ["type"], type: "Recreate" } },
  });
  // What is typed without the defaults is sent each time, as kubectl does.
  const typed = { strategy: { type: "RollingUpdate" } };
  expect(patch(typed, typed, live)).toEqual({ spec: { strategy: { $retainKeys: ["type"] } } });
  expect(patch(live, live, live)).toEqual({});
});

test("KWRITE-61: a volume of another sort takes the place of the one of its name", () => {
  const pod = (volume: object): object => ({
    template: { spec: { volumes: [{ name: "data", ...volume }] } },
  });
  const empty = pod({ emptyDir: {} });
  expect(patch(empty, pod({ secret: { secretName: "keys" } }), empty)).toEqual({
    spec: {
      template: {
        spec: {
          volumes: [
            {
              $retainKeys: ["name", "secret"],
              emptyDir: null,
              name: "data",
              secret: { secretName: "keys" },
            },
          ],
          "$setElementOrder/volumes": [{ name: "data" }],
        },
      },
    },
  });
  const config = pod({ configMap: { name: "settings" } });
  expect(patch(config, config, pod({ configMap: { name: "settings", defaultMode: 420 } }))).toEqual({});
});
