// Where a terminal's shell stands and what it knows: what completion needs.
import { filesOf } from "#cluster/process/outside";
import type { RuntimeState } from "#cluster/process/runtime";
import { commandsOf } from "./commands.ts";
import type { Inside } from "./inside.ts";

export interface ShellPlace {
  cwd: string;
  /** The shell's functions and aliases. */
  names: string[];
  commands: string[];
  /** Set in a pod. */
  pod?: { namespace: string; pod: string };
  files: ReturnType<typeof filesOf>;
}

export function placeOf({ computer, terminals, door }: Inside, name: string): ShellPlace | undefined {
  const terminal = terminals.get(name);
  if (!terminal) return undefined;
  const { remote, target } = terminal;
  const kernel = remote ? door.cluster.machine.enter<RuntimeState>("runtime") : computer.kernel();
  const session = kernel.state.sessions.get(remote?.session ?? name);
  const container = session && kernel.state.containers.get(session.container);
  const process = container?.processes.get(session?.pid ?? 1);
  if (!container || !process) return undefined;
  const { program } = process;
  const shell = program.kind === "shell" ? program.shell : undefined;
  const { image, outside = [] } = container.config;
  return {
    cwd: process.cwd,
    names: [...Object.keys(shell?.functions ?? {}), ...Object.keys(shell?.aliases ?? {})],
    commands: commandsOf(image, container.allTools === true, outside),
    ...(target && { pod: { namespace: target.namespace, pod: target.pod } }),
    files: filesOf(kernel, container.id),
  };
}
