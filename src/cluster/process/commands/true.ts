// true and false, and what stands in for programs that are not modelled.
import { complain, defineCommand, DONE } from "./command.ts";

export const trueCommand = defineCommand({ name: "true", run: () => DONE });

export const falseCommand = defineCommand({ name: "false", run: () => ({ exit: 1 }) });

/** Simplified: a program that the image has but that is not modelled says so. */
export const unsupported = defineCommand({
  name: "unsupported",
  run(context) {
    complain(context, "not available in this playground");
    return { exit: 1 };
  },
});
