// `kubectl set`: the group, and all that it holds.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/set/set.go (v1.35)
import type { Command } from "../../command.ts";
import { defineGroup } from "../../group.ts";
import { setEnv } from "./env.ts";
import { setImage } from "./image.ts";
import { setResources } from "./resources.ts";
import { setSelector } from "./selector.ts";
import { setServiceAccount } from "./serviceaccount.ts";
import { setSubject } from "./subject.ts";

const group = defineGroup({
  name: "set",
  short: "Set specific features on objects",
  long: "Configure application resources.\n\n These commands help you make changes to existing application resources.",
  examples: "",
  usage: "set SUBCOMMAND",
});

export const setCommands: readonly Command[] = [
  group,
  setEnv,
  setImage,
  setResources,
  setSelector,
  setServiceAccount,
  setSubject,
];
