// tar: archives of files and trees to standard output or a file, and out of them again; kubectl cp lives on it.
import { packTar, unpackTar, type TarEntry } from "#base/tar";
import {
  allInput,
  complain,
  complainMissing,
  defineCommand,
  DONE,
  WAIT_FOR_INPUT,
  type CommandContext,
  type Outcome,
} from "./command.ts";

interface TarOptions {
  mode: "c" | "x" | "t" | undefined;
  file: string;
  folder: string;
  verbose: boolean;
  names: string[];
}

const LETTERS_WITH_VALUE = new Set(["f", "C"]);

export const tar = defineCommand({
  name: "tar",
  run(context) {
    const options = readOptions(context.argv);
    if (options.folder !== "" && context.files.stat(options.folder)?.kind !== "directory") {
      complain(
        context,
        context.flavour === "busybox"
          ? `can't change directory to '${options.folder}': No such file or directory`
          : `${options.folder}: Cannot open: No such file or directory`,
      );
      if (context.flavour === "gnu") complain(context, "Error is not recoverable: exiting now");
      return { exit: context.flavour === "busybox" ? 1 : 2 };
    }
    if (options.mode === "c") return create(context, options);
    if (options.mode === "x" || options.mode === "t") return extract(context, options);
    complain(context, "you must specify one of -c, -x or -t");
    return { exit: 1 };
  },
});

/** Old style (`xmf -`) and new, in bunches. */
function readOptions(argv: readonly string[]): TarOptions {
  const options: TarOptions = { mode: undefined, file: "-", folder: "", verbose: false, names: [] };
  const rest = argv.slice(1);
  const bunch = (letters: string): void => {
    for (const letter of letters) {
      if (letter === "c" || letter === "x" || letter === "t") options.mode = letter;
      else if (letter === "v") options.verbose = true;
      else if (LETTERS_WITH_VALUE.has(letter)) {
        const value = rest.shift() ?? "";
        if (letter === "f") options.file = value;
        else options.folder = value;
      }
    }
  };
  if (rest[0] !== undefined && !rest[0].startsWith("-")) bunch(rest.shift()!);
  while (rest.length > 0) {
    const word = rest.shift()!;
    if (word.startsWith("--")) continue;
    if (word.startsWith("-") && word !== "-") bunch(word.slice(1));
    else options.names.push(word);
  }
  return options;
}

const inFolder = (folder: string, path: string): string =>
  folder === "" || path.startsWith("/") ? path : `${folder.replace(/\/+$/, "")}/${path}`;

function create(context: CommandContext, { file, folder, names }: TarOptions): Outcome {
  const entries: TarEntry[] = [];
  let failed = false;
  let stripped = false;
  for (const name of names) {
    const path = inFolder(folder, name);
    const entry = context.files.stat(path);
    if (!entry || entry.kind === "gone") {
      complainMissing(context, name, `${name}: Cannot stat`);
      failed = true;
      continue;
    }
    if (name.startsWith("/") && !stripped) {
      stripped = true;
      const how = context.flavour === "busybox" ? "removing leading '/' from" : "Removing leading `/' from";
      complain(context, `${how} member names`);
    }
    collect(context, path, name.replace(/^\/+/, "").replace(/\/+$/, "") || ".", entries);
  }
  const archive = packTar(entries);
  if (file === "-") context.out(archive);
  else context.files.write(file, archive);
  if (!failed) return DONE;
  const gnu = "Exiting with failure status due to previous errors";
  complain(context, context.flavour === "busybox" ? "error exit delayed from previous errors" : gnu);
  return { exit: context.flavour === "busybox" ? 1 : 2 };
}

function collect(context: CommandContext, path: string, name: string, entries: TarEntry[]): void {
  const entry = context.files.stat(path);
  if (entry?.kind === "directory") {
    entries.push({ name, kind: "directory", text: "" });
    for (const child of context.files.list(path))
      collect(context, `${path}/${child}`, `${name}/${child}`, entries);
    return;
  }
  const read = context.files.read(path);
  if ("text" in read) entries.push({ name, kind: "file", text: read.text });
}

function extract(context: CommandContext, options: TarOptions): Outcome {
  const read = options.file === "-" ? allInput(context) : context.files.read(options.file);
  if (read === undefined) return WAIT_FOR_INPUT;
  if (typeof read !== "string" && "error" in read) {
    complain(context, `can't open '${options.file}': ${read.error}`);
    return { exit: 1 };
  }
  const entries = unpackTar(typeof read === "string" ? read : read.text);
  if (!entries) {
    complain(context, context.flavour === "busybox" ? "short read" : "This does not look like a tar archive");
    return { exit: context.flavour === "busybox" ? 1 : 2 };
  }
  let exit = 0;
  for (const { name, kind, text, mode } of entries) {
    if (options.mode === "t" || options.verbose) context.out(`${name}${kind === "directory" ? "/" : ""}\n`);
    if (options.mode === "t") continue;
    const target = inFolder(options.folder, name);
    const parent = target.includes("/") ? target.slice(0, target.lastIndexOf("/")) : "";
    if (parent !== "") context.files.makeDirectory(parent, true);
    const failed =
      kind === "directory"
        ? context.files.makeDirectory(target, true)
        : context.files.write(target, text, mode);
    if (failed === undefined) continue;
    complain(
      context,
      context.flavour === "busybox" ? `can't open '${name}': ${failed}` : `${name}: Cannot open: ${failed}`,
    );
    exit = context.flavour === "busybox" ? 1 : 2;
  }
  return { exit };
}
