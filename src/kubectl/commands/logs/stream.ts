// Reads logs from the API server and writes them out, one source after another; with --follow until the containers end.
import type { Pod } from "#api/pod/types";
import type { KubectlIo } from "../../command.ts";
import { plainError, StatusError } from "../../errors.ts";
import { request } from "../../resources.ts";

export interface LogSource {
  namespace: string;
  pod: string;
  container: string;
}

export interface LogOptions {
  follow: boolean;
  prefix: boolean;
  ignoreErrors: boolean;
  query: Record<string, string>;
}

// Simplified: a followed log is asked for again this often, in place of an open connection.
const POLL_MS = 100;

export async function streamLogs(
  sources: readonly LogSource[],
  options: LogOptions,
  io: KubectlIo,
): Promise<number> {
  const readers = sources.map((source) => newReader(source, options, io));
  for (const reader of readers) reader.start();
  if (!options.follow) return 0;
  for (;;) {
    const open = readers.filter((reader) => reader.isOpen());
    if (open.length === 0) return 0;
    await io.sleep(POLL_MS);
    if (io.signal.aborted) return 130;
    for (const reader of open) reader.read();
  }
}

interface Reader {
  start(): void;
  read(): void;
  isOpen(): boolean;
}

function newReader(source: LogSource, options: LogOptions, io: KubectlIo): Reader {
  const pods = `/api/v1/namespaces/${encodeURIComponent(source.namespace)}/pods`;
  const path = `${pods}/${encodeURIComponent(source.pod)}`;
  const prefix = options.prefix ? `[pod/${source.pod}/${source.container}] ` : "";
  let open = true;
  let length = 0;
  const fetch = (query: Record<string, string>): string => {
    const response = request(io, {
      method: "GET",
      path: `${path}/log`,
      query: { container: source.container, ...query },
    });
    return typeof response.body === "string" ? response.body : "";
  };
  const write = (log: string): void => {
    if (log !== "") io.stdout(prefix === "" ? log : prefixed(log, prefix));
  };
  const guarded = (body: () => void): void => {
    try {
      body();
    } catch (error) {
      open = false;
      if (!(error instanceof StatusError)) throw error;
      if (!options.ignoreErrors) throw error;
      io.stdout(`${plainError(error.message).message}\n`);
    }
  };
  const { tailLines: _, sinceSeconds: __, limitBytes: ___, ...whole } = options.query;
  return {
    isOpen: () => open,
    start: () =>
      guarded(() => {
        const first = fetch(options.query);
        if (options.follow) length = fetch(whole).length;
        write(first);
      }),
    read: () =>
      guarded(() => {
        const ended = !runs(io, path, source.container);
        const log = fetch(whole);
        if (log.length > length) write(log.slice(length));
        length = log.length;
        if (ended) open = false;
      }),
  };
}

const prefixed = (log: string, prefix: string): string =>
  log
    .split(/(?<=\n)/)
    .map((line) => prefix + line)
    .join("");

function runs(io: KubectlIo, path: string, container: string): boolean {
  const response = io.handle({ method: "GET", path });
  if (response.status !== 200) return false;
  const { status } = response.body as unknown as Pod;
  const all = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  const own = all.find(({ name }) => name === container);
  return own?.state?.running !== undefined;
}
