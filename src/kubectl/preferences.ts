// The kuberc file: aliases of commands and defaults of their flags, laid over a line before anything reads it. Called by
// kubectl.ts; `kubectl alpha kuberc` writes the file.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/kuberc/kuberc.go (v1.35)
import { KubectlError, type Command, type Flag, type KubectlIo } from "./command.ts";
import { findCommand, ownName, plainWords } from "./find.ts";
import {
  kubercFile,
  readPreference,
  type KubercFile,
  type Preference,
  type PreferenceOption,
} from "./kuberc-file.ts";

/** The words of a line with its alias spelled out and its defaults among them. */
export function withPreferences(
  words: readonly string[],
  io: KubectlIo,
  commands: readonly Command[],
  globals: readonly Flag[],
): readonly string[] {
  if (words.length === 0) return words;
  const fail = (why: string): KubectlError =>
    new KubectlError(`error occurred while applying preferences ${why}`);
  const at = words.findIndex((word) => word === "--kuberc" || word.startsWith("--kuberc="));
  const asked = at < 0 ? "" : (words[at]!.split("=")[1] ?? words[at + 1] ?? "");
  const { path, explicit } = fileFor(asked, io, fail);
  const content = path ? io.readFile(path) : undefined;
  if (content === undefined && explicit)
    throw fail(`kuberc error kuberc: open ${path}: no such file or directory`);
  const preference = content === undefined ? undefined : readPreference(content);
  if (!preference) return words;
  const problem = problemIn(preference);
  if (problem) throw fail(problem);
  const book: Book = { preference, commands, globals, io, fail };
  // The defaults of a command are not those of its aliases.
  const spelled = withAlias(words, book);
  return spelled ? withDefaults(spelled, book, true) : withDefaults(words, book, false);
}

function problemIn({ aliases, defaults }: Preference): string | undefined {
  if (aliases.some(({ name }) => !/^[a-zA-Z]+$/.test(name)))
    return "invalid alias name, can only include alphabetical characters";
  const twice = aliases.find(({ name }, index) => aliases.findIndex((alias) => alias.name === name) < index);
  if (twice) return `duplicate alias name ${twice.name}`;
  const dashed = [...aliases, ...defaults]
    .flatMap(({ options = [] }) => options)
    .find(({ name }) => name.startsWith("-"));
  return dashed && `flag name ${dashed.name} should be in long form without dashes`;
}

function fileFor(asked: string, io: KubectlIo, fail: (why: string) => KubectlError): KubercFile {
  try {
    return kubercFile(asked, io);
  } catch (error) {
    throw fail(`kuberc error ${(error as Error).message.replace(/^error: /, "")}`);
  }
}

interface Book {
  preference: Preference;
  commands: readonly Command[];
  globals: readonly Flag[];
  io: KubectlIo;
  fail(why: string): KubectlError;
}

/** Undefined where the line has none. */
function withAlias(words: readonly string[], book: Book): readonly string[] | undefined {
  const { preference, commands, globals, fail } = book;
  if (findCommand(words, commands, globals).command) return undefined;
  const first = plainWords(words, globals)[0];
  const alias = first && preference.aliases.find(({ name }) => name === first.word);
  if (!alias) return undefined;
  const target = alias.command.split(/\s+/);
  const { command } = findCommand(target, commands, globals);
  if (!command)
    throw fail(
      `command ${JSON.stringify(alias.command)} not found to set alias ${JSON.stringify(alias.name)}: [${target.join(" ")}]`,
    );
  const added = optionWords(alias.options ?? [], words, [...command.flags, ...globals], (name) =>
    fail(`invalid alias flag ${name} in alias kubectl`),
  );
  const { index } = first;
  return [
    ...words.slice(0, index),
    ...target,
    ...added,
    ...(alias.prependArgs ?? []),
    ...words.slice(index + 1),
    ...(alias.appendArgs ?? []),
  ];
}

function withDefaults(words: readonly string[], book: Book, isAlias: boolean): readonly string[] {
  const { preference, commands, globals, io, fail } = book;
  const { command } = findCommand(words, commands, globals);
  if (!command) return words;
  const added: string[] = [];
  for (const { command: wanted, options } of preference.defaults) {
    const found = findCommand(wanted.split(/\s+/), commands, globals).command;
    if (!found) io.stderr(`Warning: command ${JSON.stringify(wanted)} not found to set kuberc override\n`);
    // Only the last word of a command counts.
    if (!found || isAlias || ownName(found.name) !== ownName(command.name)) continue;
    const flags = [...command.flags, ...globals];
    added.push(
      ...optionWords(options ?? [], words, flags, (name) =>
        fail(`invalid flag ${name} for command ${wanted}`),
      ),
    );
  }
  return [...added, ...words];
}

/** Options as flags, without those that the line gives itself. */
function optionWords(
  options: readonly PreferenceOption[],
  words: readonly string[],
  flags: readonly Flag[],
  unknown: (name: string) => KubectlError,
): string[] {
  return options.flatMap(({ name, default: value }) => {
    const flag = flags.find((item) => item.name === name);
    if (!flag) throw unknown(name);
    return isGiven(flag, words) ? [] : [`--${name}=${value}`];
  });
}

const isGiven = ({ name, short }: Flag, words: readonly string[]): boolean =>
  words.some(
    (word) =>
      word === `--${name}` ||
      word.startsWith(`--${name}=`) ||
      (short !== undefined && new RegExp(`^-[A-Za-z]*${short}`).test(word)),
  );
