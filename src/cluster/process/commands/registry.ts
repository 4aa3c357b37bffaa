// The table of commands that images have on their disks.
import { cat } from "./cat.ts";
import type { Command } from "./command.ts";
import { echo } from "./echo.ts";
import { kill } from "./kill.ts";
import { ls } from "./ls.ts";
import { rm } from "./rm.ts";
import { sleep } from "./sleep.ts";
import { touch } from "./touch.ts";
import { falseCommand, trueCommand, unsupported } from "./true.ts";

export const COMMANDS: readonly Command[] = [
  cat,
  echo,
  falseCommand,
  kill,
  ls,
  rm,
  sleep,
  touch,
  trueCommand,
  unsupported,
];

const BY_NAME = new Map(COMMANDS.map((command) => [command.name, command]));

export function commandNamed(name: string): Command | undefined {
  return BY_NAME.get(name);
}
