// All objects of the chosen kind in a table: the same facts as on the canvas, for any number of objects.
import { useMemo, useState } from "react";
import type { AnyObject } from "#api/kinds";
import { KINDS } from "#api/registry";
import { objectsOf, select, useStore, type Projection } from "#session/store";
import { useT, type Translate } from "../i18n/i18n.ts";
import { Command } from "../inspector/Command.tsx";
import { Glyph } from "../status/Glyph.tsx";
import { podLook, STATE_ORDER } from "../status/podStatus.ts";
import { lookWord } from "../status/words.ts";
import { rowOf, TABLE_KINDS, type TableKind } from "./table-rows.ts";
import { moveAmongRows } from "../log/row-keys.ts";
import { useGrowing } from "../log/useGrowing.ts";
import { useCalm } from "../shell/useCalm.ts";
import "./objects.css";

const PAGE = 100;
const PAUSE_MS = 200;
const allObjects = (state: Projection): Projection["objects"] => state.objects;

export function ObjectTable(): React.JSX.Element {
  const t = useT();
  const [kind, setKind] = useState<TableKind>("Pod");
  const [query, setQuery] = useState("");
  const objects = useCalm(allObjects, PAUSE_MS);
  const ofKind = objectsOf(objects, kind) as ReadonlyMap<string, AnyObject>;
  const rows = useMemo(() => sorted([...ofKind]), [ofKind]);
  const visible = rows.filter(([key]) => key.includes(query));
  const [shown, grow] = useGrowing(PAGE, visible.length);
  return (
    <div className="log">
      <div className="log-bar">
        <KindChoice kind={kind} objects={objects} onChange={setKind} />
        <input
          className="table-filter"
          type="search"
          placeholder={t("tableFilter")}
          aria-label={t("tableFilter")}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        <Command text={listCommand(kind)} />
      </div>
      <div
        className="log-scroll"
        tabIndex={0}
        role="region"
        aria-label={kind}
        onKeyDown={moveAmongRows}
        onScroll={(event) => grow(event.currentTarget)}
      >
        <table className="log-table">
          <Head kind={kind} />
          <Rows kind={kind} rows={visible.slice(0, shown)} />
        </table>
        {visible.length === 0 && <p className="log-empty">{t("tableEmpty", { kind })}</p>}
      </div>
    </div>
  );
}

interface KindChoiceProps {
  kind: TableKind;
  objects: Projection["objects"];
  onChange: (kind: TableKind) => void;
}

function KindChoice({ kind, objects, onChange }: KindChoiceProps): React.JSX.Element {
  const t = useT();
  return (
    <select
      className="table-kind"
      aria-label={t("tableKind")}
      value={kind}
      onChange={(event) => onChange(event.target.value as TableKind)}
    >
      {(Object.keys(TABLE_KINDS) as TableKind[]).map((name) => (
        <option key={name} value={name}>
          {name} ({objectsOf(objects, name).size})
        </option>
      ))}
    </select>
  );
}

function Head({ kind }: { kind: TableKind }): React.JSX.Element {
  const t = useT();
  return (
    <thead>
      <tr>
        {kind === "Pod" && <th scope="col">{t("tableStatus")}</th>}
        <th scope="col">NAME</th>
        {TABLE_KINDS[kind].map((column) => (
          <th scope="col" key={column}>
            {column}
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface RowsProps {
  kind: TableKind;
  rows: readonly [string, AnyObject][];
}

function Rows({ kind, rows }: RowsProps): React.JSX.Element {
  const t = useT();
  const selection = useStore((state) => state.selection);
  const chosen = selection?.kind === "object" && selection.objectKind === kind ? selection.key : undefined;
  return (
    <tbody>
      {rows.map(([key, object]) => (
        <Row key={key} rowKey={key} object={object} kind={kind} selected={key === chosen} t={t} />
      ))}
    </tbody>
  );
}

const listCommand = (name: TableKind): string => {
  const kind = KINDS.find((item) => item.kind === name);
  return `kubectl get ${kind?.plural ?? name.toLowerCase()}${kind?.namespaced === false ? "" : " -A"}`;
};

/** Problems first among pods, else by name. */
function sorted(rows: readonly [string, AnyObject][]): [string, AnyObject][] {
  const rank = (object: AnyObject): number =>
    object.kind === "Pod" ? STATE_ORDER.indexOf(podLook(object).state) : 0;
  return rows
    .map((row) => ({ row, rank: rank(row[1]) }))
    .sort((a, b) => a.rank - b.rank || a.row[0].localeCompare(b.row[0]))
    .map(({ row }) => row);
}

interface RowProps {
  rowKey: string;
  object: AnyObject;
  kind: TableKind;
  selected: boolean;
  t: Translate;
}

function Row({ rowKey, object, kind, selected, t }: RowProps): React.JSX.Element {
  const open = (): void => select({ kind: "object", objectKind: kind, key: rowKey });
  const look = object.kind === "Pod" ? podLook(object) : undefined;
  return (
    <tr className={selected ? "selected" : undefined} onClick={open}>
      {look && (
        <td>
          <span className="log-outcome">
            <Glyph name={look.state} size={13} />
            {lookWord(look, t)}
          </span>
        </td>
      )}
      <td>
        <button type="button" className="log-open mono" tabIndex={-1} onClick={open} aria-pressed={selected}>
          {rowKey.replace(/^default\//, "")}
        </button>
      </td>
      {rowOf(object).map((cell, index) => (
        <td key={index} className="mono">
          {cell}
        </td>
      ))}
    </tr>
  );
}
