// What tools/replay.mjs bundles for Node.
export { replay } from "./replay.ts";
export { parseScenario } from "./scenario.ts";
