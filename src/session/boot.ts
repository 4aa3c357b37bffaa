// What the page opens with: a link's scenario, an example, this tab's own work after a reload, else the first example.
import { findExample, FIRST_EXAMPLE } from "./examples/registry.ts";
import { exampleScenario, type Example } from "./examples/example.ts";
import { listDrafts, type Draft, type DraftStorage } from "./drafts.ts";
import { decodeLink, isScenarioLink, type LinkResult } from "./link/link.ts";
import { MODEL } from "./model.ts";
import type { Scenario } from "./protocol.ts";

export interface Opening {
  scenario: Scenario;
  /** Set when it comes from the gallery; its title and claim belong to the page's language. */
  example: Example | null;
  title: string;
  /** What the reader must be told about the link. */
  notice:
    | "linkCut"
    | "linkForeign"
    | "linkNewer"
    | "linkTooLarge"
    | "linkOtherModel"
    | "unknownExample"
    | null;
  /** Draft that this tab goes on with. */
  draft: string | null;
  /** Names of its files whose text was not applied. */
  waits?: readonly string[];
}

const NOTICES = {
  cut: "linkCut",
  foreign: "linkForeign",
  newer: "linkNewer",
  tooLarge: "linkTooLarge",
} as const;

/** `tabDraft` is the draft that this tab was working on before a reload. */
export function chooseOpening(hash: string, storage: DraftStorage, tabDraft: string | null): Opening {
  const fragment = hash.replace(/^#/, "");
  // The address is emptied as soon as there is a draft, so whatever stands there was asked for after it.
  const draft =
    tabDraft && fragment === "" ? listDrafts(storage).find((item) => item.id === tabDraft) : undefined;
  if (draft) return fromDraft(draft);
  if (isScenarioLink(fragment)) return fromLink(decodeLink(fragment));
  const slug = /^example\/([\w-]+)$/.exec(fragment)?.[1];
  const example = slug === undefined ? undefined : findExample(slug);
  if (example) return fromExample(example, null);
  return fromExample(
    findExample(FIRST_EXAMPLE)!,
    fragment === "" ? null : slug === undefined ? "linkForeign" : "unknownExample",
  );
}

export function fromDraft(draft: Draft): Opening {
  const example = findExample(draft.example ?? "") ?? null;
  const { id, scenario, title, waits } = draft;
  return { scenario, example, title, notice: null, draft: id, ...(waits ? { waits } : {}) };
}

export function fromExample(example: Example, notice: Opening["notice"] = null): Opening {
  return { scenario: exampleScenario(example), example, title: "", notice, draft: null };
}

function fromLink(result: LinkResult): Opening {
  if (!result.ok) return fromExample(findExample(FIRST_EXAMPLE)!, NOTICES[result.reason]);
  const { scenario } = result;
  const notice = scenario.model !== MODEL ? "linkOtherModel" : null;
  return { scenario, example: null, title: scenario.title ?? "", notice, draft: null };
}
