// Recordings of exec, attach and cp on a real kubelet, replayed: what kubectl prints is compared word by word, but for
// what chance decides.
import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { scenarioOf, shownBy } from "../testing/recordings.ts";
import { replay } from "./replay.ts";
import type { Recording } from "./scenario.ts";

const folder = new URL("./fixtures/containers/", import.meta.url);
const recordings = readdirSync(folder).map(
  (name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")) as Recording,
);

/** Lines of a shell are not kubectl's; the order in which find walks is the file system's. */
const isKubectl = (cmd: string): boolean => /^(kubectl|settle|sleep) /.test(cmd) && !/ find |\|/.test(cmd);

test.each(recordings.map((recording) => [recording.name, recording] as const))(
  "KWRITE-60: %s prints what the real kubectl printed",
  async (_, recording) => {
    const ours = await replay(scenarioOf(recording), { bare: false });
    const left = recording.steps.map(({ cmd }) => cmd).filter((cmd) => !isKubectl(cmd));
    expect(shownBy(ours, left)).toEqual(shownBy(recording, left));
  },
);
