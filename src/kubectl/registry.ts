// Every kubectl command. Groups stand before what they hold.
import type { Command } from "./command.ts";
import { auth, whoami } from "./commands/auth/auth.ts";
import { canI } from "./commands/auth/can-i.ts";
import { reconcile } from "./commands/auth/reconcile.ts";
import { CONFIG_COMMANDS } from "./commands/config/config.ts";
import { configView } from "./commands/config/view.ts";
import { describe } from "./commands/describe/describe.ts";
import { apiResources, apiVersions } from "./commands/discovery/api-resources.ts";
import { clusterInfo, clusterInfoDump } from "./commands/discovery/cluster-info.ts";
import { version } from "./commands/discovery/version.ts";
import { explain } from "./commands/explain/explain.ts";
import { events } from "./commands/events/events.ts";
import { get } from "./commands/get/get.ts";
import { KUBERC_COMMANDS } from "./commands/kuberc/kuberc.ts";
import { logs } from "./commands/logs/logs.ts";
import { completion, help, options, plugin, pluginList } from "./commands/meta/meta.ts";
import { top, topNode, topPod } from "./commands/top/top.ts";
import { wait } from "./commands/wait/wait.ts";
import { WRITING_COMMANDS } from "./writing/commands.ts";

export const COMMANDS: readonly Command[] = [
  get,
  describe,
  logs,
  explain,
  events,
  wait,
  ...WRITING_COMMANDS,
  top,
  topNode,
  topPod,
  auth,
  canI,
  reconcile,
  whoami,
  clusterInfo,
  clusterInfoDump,
  completion,
  apiResources,
  apiVersions,
  ...CONFIG_COMMANDS,
  configView,
  plugin,
  pluginList,
  version,
  options,
  ...KUBERC_COMMANDS,
  help,
];
