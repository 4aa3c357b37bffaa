// kubectl's door: finds the command of a line, parses its flags, runs it, and prints errors as kubectl prints them.
// Called by terminals, replays and servers.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/cmd.go and util/helpers.go (v1.35)
import type { Command, Flag, FlagValues, KubectlIo } from "./command.ts";
import { KubectlError } from "./command.ts";
import { describeError } from "./errors.ts";
import { childrenOf, findCommand, firstWord, suggestions } from "./find.ts";
import { flag } from "./flags.ts";
import { GLOBAL_FLAGS } from "./global-flags.ts";
import { helpOf, ROOT_ORDER, rootHelp } from "./help.ts";
import { outdatedHint } from "./outdated.ts";
import { parseFlags } from "./parse.ts";
import { withPreferences } from "./preferences.ts";
import { COMMANDS } from "./registry.ts";
import { checkConnection, toServer } from "./connection.ts";
import { loggingDoor } from "./request-log.ts";
import { doorFor, userOf } from "./user.ts";

/** How much of what a command says on stderr is looked at for hints. */
const MOST_SAID = 10_000;

/** Runs one line (the words after "kubectl") and returns its exit code. */
export async function runKubectl(words: readonly string[], io: KubectlIo): Promise<number> {
  if (!io.hint) return run(words, io);
  let said = "";
  const listening: KubectlIo = Object.assign(Object.create(io) as KubectlIo, {
    stderr: (text: string) => {
      said = (said + text).slice(-MOST_SAID);
      io.stderr(text);
    },
  });
  const exit = await run(words, listening);
  const hint = exit === 0 ? undefined : outdatedHint(words, said);
  if (hint) io.hint(hint);
  return exit;
}

async function run(given: readonly string[], io: KubectlIo): Promise<number> {
  let words = given;
  try {
    words = withPreferences(given, io, COMMANDS, GLOBAL_FLAGS);
  } catch (error) {
    const described = describeError(error);
    if (!described) throw error;
    io.stderr(`${described.text}\n`);
    return described.exit;
  }
  const found = findCommand(words, COMMANDS, GLOBAL_FLAGS);
  const { command } = found;
  if (!command) return atRoot(found.words, io);
  const parsed = parseFlags(found.words, flagsOf(command));
  if (!parsed.ok) {
    const { name, flagErrorExit } = command;
    const where = flagErrorExit ? `${name} -h' for help and examples` : `${name} --help' for usage.`;
    io.stderr(`error: ${parsed.error}\nSee 'kubectl ${where}\n`);
    return flagErrorExit ?? 1;
  }
  const { args, flags, help, warnings } = parsed.parsed;
  if (help) {
    io.stdout(helpOf(command, COMMANDS));
    return 0;
  }
  for (const warning of warnings) io.stderr(`${warning}\n`);
  return guarded(io, async () => {
    const missing = command.flags.filter(({ name, required }) => required && !wasGiven(flags, name));
    if (missing.length > 0) {
      const names = missing.map(({ name }) => `"${name}"`).join(", ");
      throw new KubectlError(`error: required flag(s) ${names} not set`);
    }
    if (!command.offline) checkConnection(command, flags, io);
    const inside = insideOf(toServer(flags, io), flags);
    const exit = await command.run(args, flags, inside.io);
    return exit === 0 ? inside.verdict() : exit;
  });
}

const wasGiven = (flags: FlagValues, name: string): boolean =>
  (flags[""] as string[] | undefined)?.includes(name) ?? false;

/** A command's own flags hide global ones of the same name or letter. */
function flagsOf(command: Command): Flag[] {
  const names = new Set(command.flags.map(({ name }) => name));
  const letters = new Set(command.flags.flatMap(({ short }) => short ?? []));
  const globals = GLOBAL_FLAGS.filter(({ name }) => !names.has(name)).map(({ short, ...rest }) =>
    short && !letters.has(short) ? { ...rest, short } : rest,
  );
  return [...command.flags, ...globals];
}

async function guarded(io: KubectlIo, body: () => Promise<number>): Promise<number> {
  try {
    return await body();
  } catch (error) {
    const described = describeError(error);
    if (!described) throw error;
    if (described.text !== "") io.stderr(`${described.text.replace(/\n$/, "")}\n`);
    return described.exit;
  }
}

function atRoot(words: readonly string[], io: KubectlIo): number {
  const unknown = firstWord(words, GLOBAL_FLAGS);
  if (unknown !== undefined) {
    const names = childrenOf(COMMANDS, undefined)
      .flatMap(({ name, hidden }) => (hidden ? [] : [name]))
      .sort((a, b) => ROOT_ORDER.indexOf(a) - ROOT_ORDER.indexOf(b));
    const near = suggestions(unknown, names);
    const hint =
      near.length > 0 ? `\n\nDid you mean this?\n${near.map((name) => `\t${name}`).join("\n")}` : "";
    io.stderr(`error: unknown command ${JSON.stringify(unknown)} for "kubectl"${hint}\n`);
    return 1;
  }
  const parsed = parseFlags(words, GLOBAL_FLAGS);
  if (!parsed.ok) {
    io.stderr(`error: ${parsed.error}\nSee 'kubectl --help' for usage.\n`);
    return 1;
  }
  io.stdout(rootHelp(COMMANDS));
  return 0;
}

/** The io that a command sees: warnings of the server are printed once each, where they happen. */
function insideOf(io: KubectlIo, flags: FlagValues): { io: KubectlIo; verdict: () => number } {
  const printed = new Set<string>();
  const door = loggingDoor(
    io,
    flags,
    doorFor(userOf(io, flags), (request) => io.handle(request)),
  );
  const inside: KubectlIo = Object.assign(Object.create(io) as KubectlIo, {
    commands: COMMANDS,
    handle: (request: Parameters<KubectlIo["handle"]>[0]) => {
      const response = door(request);
      for (const warning of response.warnings) {
        if (printed.has(warning)) continue;
        printed.add(warning);
        io.stderr(`Warning: ${warning}\n`);
      }
      return { ...response, warnings: [] };
    },
  });
  const verdict = (): number => {
    if (!flag(flags, "warnings-as-errors") || printed.size === 0) return 0;
    io.stderr(`error: ${printed.size} warning${printed.size > 1 ? "s" : ""} received\n`);
    return 1;
  };
  return { io: inside, verdict };
}
