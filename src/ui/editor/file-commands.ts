// What the editor's buttons do, as commands that are typed in the workstation's home folder, where the files are too.
import type { WorkspaceFile } from "#session/workspace";
import { filesCommand } from "../objects/command-lines.ts";

export type FileCommand = "apply" | "all" | "delete";

/** A live object's text goes back as `kubectl edit` sends it. */
export function fileCommands(
  file: WorkspaceFile,
  files: readonly WorkspaceFile[],
): Record<FileCommand, string> {
  const all = files.filter(({ live, held }) => !live && !held).map(({ name }) => name);
  const { live } = file;
  if (!live)
    return {
      apply: filesCommand("apply", [file.name]),
      all: filesCommand("apply", all),
      delete: filesCommand("delete", [file.name]),
    };
  const [name, namespace] = live.key.split("/").reverse();
  const target = `${live.kind.toLowerCase()} ${name}${namespace && namespace !== "default" ? ` -n ${namespace}` : ""}`;
  return {
    apply: `kubectl edit ${target}`,
    all: filesCommand("apply", all),
    delete: `kubectl delete ${target}`,
  };
}
