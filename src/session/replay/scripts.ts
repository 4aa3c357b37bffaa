// Scripts of scenarios, run by `sh -c` on a workstation with kubectl on its path, in the folder of the scenario.
import type { Cluster } from "#cluster/cluster";
import type { KubectlConfig } from "#kubectl/command";
import { openDoor } from "#shell/cluster-door";
import { HOME } from "#shell/machine";
import { createWorkstation, type Workstation } from "#shell/workstation";
import type { Outcome } from "./places.ts";

export interface Scripts {
  run(
    script: string,
    files: Map<string, string>,
    stop: (interrupt: () => void, kill: () => void) => void,
  ): Promise<Outcome>;
  /** After every step of virtual time; true if a promise may go on. */
  advance(): boolean;
  nextAt(): number | undefined;
}

const TERMINAL = "script";
const SCRIPT = "/tmp/script";

export function createScripts(cluster: Cluster, config: KubectlConfig): Scripts {
  let workstation: Workstation | undefined;
  let shown = "";
  let ended: ((exit: number) => void) | undefined;
  const open = (): Workstation => {
    if (workstation) return workstation;
    workstation = createWorkstation(openDoor(cluster), { settings: cluster.machine.context.settings });
    Object.assign(workstation.config, config);
    workstation.open(TERMINAL);
    return workstation;
  };
  const advance = (): boolean => {
    if (!workstation) return false;
    workstation.advance();
    for (const { text } of workstation.drain()) shown += text;
    const exit = /script ended (\d+)\r?\n/.exec(shown);
    if (exit && ended) {
      ended(Number(exit[1]));
      ended = undefined;
      return true;
    }
    return workstation.takeUnsettled();
  };
  return {
    advance,
    nextAt: () => workstation?.nextAt(),
    run: async (script, files, stop) => {
      const desk = open();
      for (const [path, text] of files) desk.files.write(HOME, path, text);
      desk.files.write("/", SCRIPT, script);
      shown = "";
      let killed = false;
      const exit = new Promise<number>((resolve) => (ended = resolve));
      stop(
        () => {
          killed = true;
          desk.interrupt(TERMINAL);
        },
        () => {
          if (!ended) return;
          desk.close(TERMINAL);
          workstation = undefined;
          ended(1);
          ended = undefined;
        },
      );
      desk.type(
        TERMINAL,
        `cd ${HOME}; sh ${SCRIPT} >${SCRIPT}.out 2>${SCRIPT}.err; echo "script ended $?"\n`,
      );
      const code = await exit;
      takeFiles(desk, files);
      const read = (end: string): string => desk.files.read("/", `${SCRIPT}.${end}`) ?? "";
      return { stdout: read("out"), stderr: read("err"), exit: killed ? null : code };
    },
  };
}

/** What the script wrote in the folder. */
function takeFiles({ files }: Workstation, known: Map<string, string>, folder = ""): void {
  for (const name of files.list(HOME, folder || ".") ?? []) {
    const path = folder === "" ? name : `${folder}/${name}`;
    if (name.startsWith(".")) continue;
    if (files.isFolder(HOME, path)) takeFiles({ files } as Workstation, known, path);
    else known.set(path, files.read(HOME, path) ?? "");
  }
}
