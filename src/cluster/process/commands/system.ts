// ps, which, stat, find, chmod, basename, dirname, timeout, expr, killall, df, free: looking at the system.
import { withoutTrailing } from "#base/trailing";
import { baseName, parentOf } from "../files.ts";
import { matches } from "../shell/pattern.ts";
import { complain, complainMissing, defineCommand, type CommandContext } from "./command.ts";
import { modeText } from "./ls.ts";
import { parseOptions } from "./options.ts";

/** Of every process in the container: only root has a name. */
const userName = ({ user }: CommandContext): string => (user.uid === 0 ? "root" : String(user.uid));

export const ps = defineCommand({
  name: "ps",
  run(context) {
    const rows = context.processes();
    const format = context.argv[context.argv.indexOf("-o") + 1];
    if (context.argv.includes("-o") && format !== undefined) {
      const columns = format.split(",");
      context.out(
        `${columns.map((name) => name.toUpperCase().replace("COMM", "COMMAND").replace("ARGS", "COMMAND").replace("COMMANDAND", "COMMAND")).join(" ")}\n`,
      );
      for (const row of rows) {
        const values: Record<string, string> = {
          pid: String(row.pid),
          ppid: String(row.parent),
          user: userName(context),
          comm: baseName(row.argv[0] ?? ""),
          args: row.argv.join(" "),
        };
        context.out(`${columns.map((name) => values[name] ?? "-").join(" ")}\n`);
      }
      return { exit: 0 };
    }
    if (context.flavour === "busybox") {
      context.out("PID   USER     TIME  COMMAND\n");
      for (const row of rows)
        context.out(
          `${String(row.pid).padStart(5)} ${userName(context).padEnd(8)}  0:00 ${row.argv.join(" ")}\n`,
        );
      return { exit: 0 };
    }
    const flags = context.argv.slice(1).join("");
    if (/f/.test(flags)) context.out("UID          PID    PPID  C STIME TTY          TIME CMD\n");
    else if (/u/.test(flags))
      context.out("USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n");
    else context.out("    PID TTY          TIME CMD\n");
    for (const { pid, parent, argv } of rows) {
      const id = String(pid);
      if (/f/.test(flags))
        context.out(
          `${userName(context).padEnd(8)} ${id.padStart(7)} ${String(parent).padStart(7)}  0 09:00 ?        00:00:00 ${argv.join(" ")}\n`,
        );
      else if (/u/.test(flags))
        context.out(
          `${userName(context).padEnd(8)} ${id.padStart(7)}  0.0  0.1   4500  3200 ?        Ss   09:00   0:00 ${argv.join(" ")}\n`,
        );
      else context.out(`${id.padStart(7)} ?        00:00:00 ${baseName(argv[0] ?? "")}\n`);
    }
    return { exit: 0 };
  },
});

export const which = defineCommand({
  name: "which",
  run(context) {
    let exit = 0;
    for (const name of context.argv.slice(1)) {
      const path = context.which(name);
      if (path === undefined) exit = 1;
      else context.out(`${path}\n`);
    }
    return { exit };
  },
});

export const stat = defineCommand({
  name: "stat",
  run(context) {
    const { values, operands } = parseOptions(context.argv, "Lft", "c", { format: "c=" });
    let exit = 0;
    for (const path of operands) {
      const entry = context.files.stat(path);
      if (!entry) {
        const gnu = `cannot statx '${path}': No such file or directory`;
        complain(
          context,
          context.flavour === "busybox" ? `can't stat '${path}': No such file or directory` : gnu,
        );
        exit = 1;
        continue;
      }
      const isDirectory = entry.kind === "directory";
      const mode = entry.kind === "file" ? entry.mode : 0o755;
      const size = entry.kind === "file" ? entry.text.length : 4096;
      const kind = isDirectory ? "directory" : size === 0 ? "regular empty file" : "regular file";
      const fields: Record<string, string> = {
        n: path,
        s: String(size),
        a: mode.toString(8),
        A: modeText(isDirectory, mode),
        F: kind,
        U: "root",
        G: "root",
        u: "0",
        g: "0",
      };
      if (values["c"] !== undefined) {
        context.out(
          `${values["c"].replace(/%([a-zA-Z])/g, (all, letter: string) => fields[letter] ?? all)}\n`,
        );
      } else {
        context.out(`  File: ${path}\n  Size: ${size}\tBlocks: 8          IO Block: 4096   ${kind}\n`);
        context.out(
          `Access: (0${mode.toString(8)}/${modeText(isDirectory, mode)})  Uid: (    0/    root)   Gid: (    0/    root)\n`,
        );
      }
    }
    return { exit };
  },
});

export const find = defineCommand({
  name: "find",
  run(context) {
    const words = context.argv.slice(1);
    const start = words.findIndex((word) => word.startsWith("-"));
    const roots = start < 0 ? words : words.slice(0, start);
    const tests = start < 0 ? [] : words.slice(start);
    const option = (name: string): string | undefined =>
      tests.includes(name) ? tests[tests.indexOf(name) + 1] : undefined;
    const type = option("-type");
    const name = option("-name") ?? option("-iname");
    const maxDepth = Number(option("-maxdepth") ?? Infinity);
    let exit = 0;
    const visit = (path: string, depth: number): void => {
      const entry = context.files.stat(path);
      if (!entry) {
        complainMissing(context, path, `'${path}'`);
        exit = 1;
        return;
      }
      const isDirectory = entry.kind === "directory";
      const fits =
        (type === undefined || (type === "d") === isDirectory) &&
        (name === undefined || matches([{ text: name, quoted: false }], baseName(path)));
      if (isDirectory && depth < maxDepth && tests.includes("-delete")) {
        for (const child of context.files.list(path))
          visit(path === "/" ? `/${child}` : `${path}/${child}`, depth + 1);
      }
      if (fits && tests.includes("-delete")) context.files.removeTree(path);
      else if (fits) context.out(`${path}\n`);
      if (!isDirectory || depth >= maxDepth || tests.includes("-delete")) return;
      for (const child of context.files.list(path))
        visit(path === "/" ? `/${child}` : `${path}/${child}`, depth + 1);
    };
    for (const root of roots.length > 0 ? roots : ["."]) visit(root, 0);
    return { exit };
  },
});

export const chmod = defineCommand({
  name: "chmod",
  run(context) {
    const [mode = "", ...paths] = parseOptions(
      context.argv.map((word) => (/^-[rwx]/.test(word) ? ` ${word}` : word)),
      "Rvf",
    ).operands;
    let exit = 0;
    for (const path of paths) {
      const entry = context.files.stat(path);
      if (entry?.kind === "file") context.files.write(path, entry.text, newMode(entry.mode, mode.trim()));
      else if (!entry) {
        complainMissing(context, path);
        exit = 1;
      }
    }
    return { exit };
  },
});

function newMode(old: number, mode: string): number {
  if (/^[0-7]+$/.test(mode)) return Number.parseInt(mode, 8);
  let result = old;
  for (const clause of mode.split(",")) {
    const [, who = "", operator = "+", bits = ""] = /^([ugoa]*)([-+=])([rwxX]*)$/.exec(clause) ?? [];
    let mask = 0;
    for (const bit of bits) mask |= bit === "r" ? 0o444 : bit === "w" ? 0o222 : 0o111;
    const groups =
      who === "" || who.includes("a")
        ? 0o777
        : (who.includes("u") ? 0o700 : 0) | (who.includes("g") ? 0o070 : 0) | (who.includes("o") ? 0o007 : 0);
    mask &= groups;
    result = operator === "+" ? result | mask : operator === "-" ? result & ~mask : (result & ~groups) | mask;
  }
  return result;
}

/** chown, sync, ln -s without effect. */
export const chown = defineCommand({ name: "chown", run: () => ({ exit: 0 }) });
export const sync = defineCommand({ name: "sync", run: () => ({ exit: 0 }) });
export const clear = defineCommand({
  name: "clear",
  run: (context) => {
    context.out("\u001b[H\u001b[2J\u001b[3J");
    return { exit: 0 };
  },
});

export const ln = defineCommand({
  name: "ln",
  run(context) {
    // Simplified: a link is a copy of what it points to.
    const { operands } = parseOptions(context.argv, "sfnv");
    const [source = "", target = baseName(source)] = operands;
    const file = context.files.read(context.files.resolve(source));
    const isDirectory = context.files.stat(target)?.kind === "directory";
    if ("text" in file)
      context.files.write(isDirectory ? `${target}/${baseName(source)}` : target, file.text);
    return { exit: "text" in file ? 0 : 1 };
  },
});

export const basename = defineCommand({
  name: "basename",
  run(context) {
    const [path = "", suffix = ""] = context.argv.slice(1);
    const name = baseName(path);
    context.out(
      `${suffix !== "" && name.endsWith(suffix) && name !== suffix ? name.slice(0, -suffix.length) : name}\n`,
    );
    return { exit: 0 };
  },
});

export const dirname = defineCommand({
  name: "dirname",
  run(context) {
    const path = withoutTrailing(context.argv[1] ?? "", "/") || (context.argv[1] ?? "").slice(0, 1);
    context.out(`${path.includes("/") ? parentOf(path) : "."}\n`);
    return { exit: 0 };
  },
});

export const killall = defineCommand({
  name: "killall",
  run(context) {
    const name = context.argv.at(-1) ?? "";
    const found = context.processes().filter((row) => baseName(row.argv[0] ?? "") === name);
    const signal = context.argv.includes("-9") || context.argv.includes("-KILL") ? 9 : 15;
    for (const row of found) context.kill(row.pid, signal);
    if (found.length === 0)
      complain(
        context,
        context.flavour === "busybox" ? `${name}: no process killed` : `${name}: no process found`,
      );
    return { exit: found.length > 0 ? 0 : 1 };
  },
});

export const df = defineCommand({
  name: "df",
  run(context) {
    const human = context.argv.slice(1).some((word) => /^-[a-zA-Z]*h/.test(word));
    context.out(
      human
        ? "Filesystem      Size  Used Avail Use% Mounted on\noverlay          40G  9.1G   31G  24% /\n"
        : "Filesystem     1K-blocks    Used Available Use% Mounted on\noverlay         41152736 9462160  31674192  24% /\n",
    );
    return { exit: 0 };
  },
});

export const free = defineCommand({
  name: "free",
  run(context) {
    const unit = /^-[a-z]*([mgh])/.exec(context.argv[1] ?? "")?.[1] ?? "k";
    const shown = (kilobytes: number): string => {
      const mega = kilobytes / 1024;
      if (unit === "k") return String(kilobytes);
      if (unit === "m") return String(Math.floor(mega));
      if (unit === "g") return String(Math.floor(mega / 1024));
      return kilobytes === 0 ? "0B" : mega < 1024 ? `${Math.round(mega)}Mi` : `${(mega / 1024).toFixed(1)}Gi`;
    };
    const row = (name: string, ...values: number[]): string =>
      `${name.padEnd(7)}${values.map((value) => shown(value).padStart(12)).join("")}\n`;
    context.out("              total        used        free      shared  buff/cache   available\n");
    context.out(
      row("Mem:", 8_145_784, 1_204_512, 5_012_036, 2204, 1_929_236, 6_712_420) + row("Swap:", 0, 0, 0),
    );
    return { exit: 0 };
  },
});
