// The flags of `kubectl logs`.
import type { Flag } from "../../command.ts";
import { bool, SELECTOR_FLAG, string } from "../../common-flags.ts";

export const LOGS_FLAGS: readonly Flag[] = [
  bool("all-containers", "Takes the logs of all containers of each pod"),
  bool("all-pods", "Takes the logs of all pods, each line with its source"),
  string("container", "Container whose log to show", { short: "c" }),
  bool("follow", "Goes on with what comes", { short: "f" }),
  bool("ignore-errors", "Goes on when the log of one pod cannot be had"),
  bool("insecure-skip-tls-verify-backend", "Does not check who the kubelet is"),
  { name: "limit-bytes", type: "int", default: "0", help: "Most bytes to show; 0 means no limit" },
  {
    name: "max-log-requests",
    type: "int",
    default: "5",
    help: "Most logs to follow at a time with a selector",
  },
  {
    name: "pod-running-timeout",
    type: "duration",
    default: "20s",
    help: "How long to wait for a running pod (5s, 2m, 3h)",
  },
  bool("prefix", "Puts the pod and container before each line"),
  bool("previous", "Shows the log of the container's run before this one", { short: "p" }),
  SELECTOR_FLAG,
  { name: "since", type: "duration", default: "0s", help: "Only lines younger than this (5s, 2m, 3h)" },
  string("since-time", "Only lines after this time (RFC 3339)"),
  {
    name: "tail",
    type: "int",
    default: "-1",
    help: "Last lines to show; -1 shows all, or 10 with a selector",
  },
  bool("timestamps", "Puts its time before each line"),
];
