// Ctrl/Cmd+K: finds objects, clients, requests and examples by what they are called.
import { useMemo, useState } from "react";
import { fromExample } from "#session/boot";
import type { KindName } from "#api/kinds";
import { EXAMPLES } from "#session/examples/registry";
import { openScenario } from "#session/open";
import { select, useStore } from "#session/store";
import { useLanguage, useT, type Translate } from "../i18n/i18n.ts";
import { TABLE_KINDS } from "../objects/table-rows.ts";
import { Dialog } from "./Dialog.tsx";
import "../objects/objects.css";

interface Found {
  id: string;
  name: string;
  what: string;
  go: () => void;
}

const MOST = 40;
const intoView = (row: HTMLElement | null): void => row?.scrollIntoView({ block: "nearest" });

export function FindDialog({ onClose }: { onClose: () => void }): React.JSX.Element {
  const t = useT();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const all = useEverything(t);
  const found = useMemo(() => matching(all, query), [all, query]);
  const choose = (item: Found | undefined): void => {
    item?.go();
    if (item) onClose();
  };
  const key = (event: React.KeyboardEvent): void => {
    if (event.key === "ArrowDown") setAt(Math.min(at + 1, found.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    else if (event.key === "Enter") choose(found[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={t("barFind")} onClose={onClose} className="find-dialog">
      <label className="field">
        <span className="visually-hidden">{t("helpFind")}</span>
        <input
          data-autofocus
          role="combobox"
          aria-expanded="true"
          aria-autocomplete="list"
          aria-controls="found"
          aria-activedescendant={found[at] ? `found-${at}` : undefined}
          value={query}
          placeholder={t("helpFind")}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={key}
        />
      </label>
      <ul className="find-list" id="found" role="listbox" aria-label={t("barFind")}>
        {found.map((item, index) => (
          <li
            key={item.id}
            ref={index === at ? intoView : undefined}
            id={`found-${index}`}
            role="option"
            aria-selected={index === at}
            onClick={() => choose(item)}
          >
            <b>{item.name}</b>
            <span>{item.what}</span>
          </li>
        ))}
      </ul>
      <p className="find-none" role="status">
        {found.length === 0 && t("findNone")}
      </p>
    </Dialog>
  );
}

/** Those that have each of the words in their name or in what they are. */
function matching(all: readonly Found[], query: string): Found[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ name, what }: Found): boolean =>
    words.every((word) => `${name} ${what}`.toLowerCase().includes(word));
  return all.filter(fits).slice(0, MOST);
}

function useEverything(t: Translate): Found[] {
  // As it was when the dialog opened: what comes later would move the rows.
  const [{ objects, clients, journeys }] = useState(useStore.getState);
  const language = useLanguage((state) => state.language);
  return useMemo(() => {
    const found: Found[] = [];
    for (const kind of Object.keys(TABLE_KINDS) as KindName[]) {
      for (const key of objects[kind]?.keys() ?? []) {
        found.push({
          id: `${kind}/${key}`,
          name: key.replace(/^default\//, ""),
          what: kind,
          go: () => select({ kind: "object", objectKind: kind, key }),
        });
      }
    }
    for (const { name } of clients)
      found.push({
        id: `client/${name}`,
        name,
        what: t("logClient"),
        go: () => select({ kind: "client", name }),
      });
    for (const example of EXAMPLES) {
      found.push({
        id: `example/${example.slug}`,
        name: example.title[language],
        what: t("barExamples"),
        go: () => openScenario(fromExample(example)),
      });
    }
    for (const { id, request } of [...journeys.values()].slice(-200).reverse()) {
      found.push({
        id: `journey/${id}`,
        name: `#${id}`,
        what: `${request.method} ${request.url}`,
        go: () => select({ kind: "journey", id }),
      });
    }
    return found;
  }, [objects, clients, journeys, language, t]);
}
