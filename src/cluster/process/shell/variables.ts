// What a shell's variables are beside text: read-only, whole numbers, arrays and their elements. Whatever sets one
// by a name that a script gives (assignments, read, for, getopts, printf -v) does it here.
import { arithmetic, elementsOf, expandPieces, mapOf, type Expander } from "./expand.ts";
import type { ShellState } from "./state.ts";

/** An expansion or assignment that cannot be done: the shell complains, and a script ends. */
export class ExpansionError extends Error {
  /** Of the shell, where it is not the usual one. */
  readonly status: number | undefined;
  constructor(message: string, status?: number) {
    super(message);
    this.status = status;
  }
}

const MAX_ELEMENTS = 100_000;
const ELEMENT = /^([A-Za-z_]\w*)\[([^]+)\]$/;

/** Letters of declare: r, i, l, u. */
export function hasAttribute(shell: ShellState, name: string, letter: string): boolean {
  const { attributes } = shell;
  return attributes !== undefined && Object.hasOwn(attributes, name) && attributes[name]!.includes(letter);
}

export function setAttribute(shell: ShellState, name: string, letter: string): void {
  if (!hasAttribute(shell, name, letter))
    (shell.attributes ??= {})[name] = `${shell.attributes?.[name] ?? ""}${letter}`;
}

export function refuseReadOnly(shell: ShellState, name: string): void {
  if (hasAttribute(shell, name, "r"))
    throw new ExpansionError(`${name}: ${shell.flavour === "bash" ? "readonly variable" : "is read only"}`);
}

/** `name` may be an element's: name[index]. */
export function setVariable(expander: Expander, name: string, value: string, append = false): void {
  const { shell } = expander;
  const [, array, place] = ELEMENT.exec(name) ?? [];
  const own = array ?? name;
  refuseReadOnly(shell, own);
  const before = append ? (valueAt(expander, name) ?? "") : "";
  let text = before + value;
  if (hasAttribute(shell, own, "i"))
    text = String(arithmetic(expander, append ? `${before || 0}+(${value || 0})` : value));
  if (hasAttribute(shell, own, "l")) text = text.toLowerCase();
  if (hasAttribute(shell, own, "u")) text = text.toUpperCase();
  const map = mapOf(shell, own);
  if (map) map[place === undefined ? "0" : keyOf(place)] = text;
  else if (place !== undefined || (shell.arrays && Object.hasOwn(shell.arrays, own)))
    setElement(expander, own, place ?? "0", text);
  else shell.variables[own] = text;
}

function setElement(expander: Expander, name: string, place: string, value: string): void {
  const { shell } = expander;
  const elements = elementsOf(shell, name);
  const array = ((shell.arrays ??= {})[name] = elements);
  delete shell.variables[name];
  const at = indexOf(expander, place, elements.length);
  array[checked(at, name, place)] = value;
}

/** Simplified: bash's arrays have 100,000 places. */
function checked(at: number, name: string, place: string): number {
  if (at < 0 || at >= MAX_ELEMENTS) throw new ExpansionError(`${name}[${place}]: bad array subscript`);
  return at;
}

/** Negative ones count from the end. */
export function indexOf(expander: Expander, place: string, length: number): number {
  const at = arithmetic(expander, place);
  return at < 0 ? length + at : at;
}

const keyOf = (place: string): string => place.replace(/^(["'])([^]*)\1$/, "$2");

/** The value of a variable or an element, undefined if it is not set. */
export function valueAt(expander: Expander, name: string): string | undefined {
  const { shell } = expander;
  const [, array, place] = ELEMENT.exec(name) ?? [];
  if (array === undefined || place === undefined) {
    const map = mapOf(shell, name);
    return map ? map["0"] : elementsOf(shell, name)[0];
  }
  const map = mapOf(shell, array);
  if (map) return map[keyOf(place)];
  const elements = elementsOf(shell, array);
  if (place === "@" || place === "*") return elements.length > 0 ? elements.join(" ") : undefined;
  return elements[indexOf(expander, place, elements.length)];
}

/** The words of name=(...); those of a map or with [index]= go to their own places. */
export function setItems(expander: Expander, name: string, items: readonly Item[], append: boolean): void {
  const { shell } = expander;
  refuseReadOnly(shell, name);
  const map = mapOf(shell, name);
  if (map) {
    if (!append) for (const key of Object.keys(map)) delete map[key];
    for (const item of items) if (item.key !== undefined) map[item.key] = item.values.join(" ");
    return;
  }
  const array = append ? [...elementsOf(shell, name)] : [];
  for (const { key, values } of items) {
    if (key === undefined) array.push(...values);
    else {
      array[checked(indexOf(expander, key, array.length), name, key)] = values.join(" ");
    }
  }
  (shell.arrays ??= {})[name] = array;
  delete shell.variables[name];
}

export interface Item {
  key?: string;
  values: string[];
}

/** [key]=value of an array's items, with the key's quotes taken off; undefined if it is a plain item. */
export function keyedItem(expander: Expander, word: Parameters<typeof expandPieces>[1]): Item | undefined {
  const [first] = word;
  if (first?.kind !== "text" || first.quoted || !first.text.startsWith("[")) return undefined;
  const text = expandPieces(expander, word)
    .map((piece) => piece.text)
    .join("");
  const [, key, value = ""] = /^\[([^\]]*)\]=([^]*)$/.exec(text) ?? [];
  return key === undefined ? undefined : { key, values: [value] };
}

export function unsetVariable(expander: Expander, name: string): void {
  const { shell } = expander;
  const [, array, place] = ELEMENT.exec(name) ?? [];
  if (array !== undefined && place !== undefined) {
    const map = mapOf(shell, array);
    if (map) delete map[keyOf(place)];
    else {
      const elements = shell.arrays?.[array];
      // The other elements keep their places.
      if (elements) Reflect.deleteProperty(elements, indexOf(expander, place, elements.length));
    }
    return;
  }
  delete shell.variables[name];
  delete shell.maps?.[name];
  delete shell.arrays?.[name];
  delete shell.exported[name];
  delete shell.attributes?.[name];
}
