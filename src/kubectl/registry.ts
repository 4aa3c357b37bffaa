// Every kubectl command. Groups stand before what they hold; the order is that in which near names are suggested.
import type { Command } from "./command.ts";
import { describe } from "./commands/describe/describe.ts";
import { get } from "./commands/get/get.ts";
import { WRITING_COMMANDS } from "./writing/commands.ts";

export const COMMANDS: readonly Command[] = [get, describe, ...WRITING_COMMANDS];
