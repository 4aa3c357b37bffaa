// Parses Go's text templates: the actions that people use with kubectl.
// Kubernetes: text/template/parse (kubectl v1.35)
import { checkNodes } from "./go-template-check.ts";
import { problem } from "./go-template-error.ts";

export type Operand = { text: string; at: number } & (
  | { type: "value"; value: unknown }
  | { type: "path"; names: string[] }
  | { type: "variable"; name: string; names: string[] }
  | { type: "function"; name: string }
  | { type: "group"; pipe: Pipe; names: string[] }
);

/** A word of an action, and where it stands in the template. */
interface Token {
  text: string;
  at: number;
}

export interface Pipe {
  /** Variables that take the result; `assign` for `=` instead of `:=`. */
  names: string[];
  assign: boolean;
  /** Each command's operands; the result of one is the last argument of the next. */
  commands: Operand[][];
}

export type TemplateNode =
  | { type: "text"; text: string }
  | { type: "print"; pipe: Pipe }
  | BlockNode
  | NamedNode
  | { type: "break" }
  | { type: "continue" };

export interface BlockNode {
  type: "if" | "with" | "range";
  pipe: Pipe;
  body: TemplateNode[];
  otherwise: TemplateNode[];
}

/** Another template, run where this stands. */
export interface NamedNode {
  type: "template";
  name: string;
  pipe?: Pipe;
  text: string;
  at: number;
}

interface Piece {
  text?: string;
  action?: string;
  /** Where the action's text begins. */
  at?: number;
}

/** The template itself is the one named "output". */
export type Templates = ReadonlyMap<string, readonly TemplateNode[]>;

interface Source {
  pieces: Piece[];
  definitions: Map<string, TemplateNode[]>;
}

export function parseTemplate(text: string): Templates {
  const source: Source = { pieces: split(text), definitions: new Map() };
  const { nodes, stop } = parseList(source, []);
  if (stop) throw problem(`unexpected {{${stop.split(" ")[0]}}}`);
  define(source, "output", nodes);
  for (const body of source.definitions.values()) checkNodes(body);
  return source.definitions;
}

function split(source: string): Piece[] {
  const pieces: Piece[] = [];
  let rest = source;
  let trimNext = false;
  while (rest !== "") {
    const open = rest.indexOf("{{");
    let text = open < 0 ? rest : rest.slice(0, open);
    if (trimNext) text = text.trimStart();
    if (open < 0) {
      if (text) pieces.push({ text });
      break;
    }
    rest = rest.slice(open + 2);
    if (/^-\s/.test(rest)) {
      text = text.trimEnd();
      rest = rest.slice(1);
    }
    if (text) pieces.push({ text });
    const close = closing(rest);
    if (close < 0) throw problem(opensQuote(rest) ? "unterminated quoted string" : "unclosed action");
    let action = rest.slice(0, close);
    trimNext = /\s-$/.test(action);
    if (trimNext) action = action.slice(0, -1);
    const at = source.length - rest.length + (action.length - action.trimStart().length);
    if (!/^\s*\/\*/.test(action)) pieces.push({ action: action.trim(), at });
    rest = rest.slice(close + 2);
  }
  return pieces;
}

/** Where the action's `}}` stands, outside of quotes. */
function closing(text: string): number {
  let mark: string | undefined;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i]!;
    if (mark) {
      if (sign === "\\" && mark === '"') i++;
      else if (sign === mark) mark = undefined;
    } else if (sign === '"' || sign === "`") mark = sign;
    else if (text.startsWith("}}", i)) return i;
  }
  return -1;
}

/** An action that does not end because a quoted string in it does not. */
const opensQuote = (text: string): boolean =>
  /^[^"`}]*("(?:[^"\\]|\\.)*"[^"`}]*)*"(?:[^"\\]|\\.)*$/.test(text);

const STOPS = /^(end|else)\b/;

function parseList(source: Source, open: string[]): { nodes: TemplateNode[]; stop: string | undefined } {
  const nodes: TemplateNode[] = [];
  while (source.pieces.length > 0) {
    const { text, action, at = 0 } = source.pieces.shift()!;
    if (text !== undefined) {
      nodes.push({ type: "text", text });
      continue;
    }
    if (STOPS.test(action!)) return { nodes, stop: action };
    if (/^define\b/.test(action!)) parseDefinition(action!, source, open);
    else nodes.push(parseAction({ text: action!, at }, source, open));
  }
  if (open.length > 0) throw problem("unexpected EOF");
  return { nodes, stop: undefined };
}

function parseAction({ text: action, at }: Token, source: Source, open: string[]): TemplateNode {
  const block = /^(if|with|range)\b\s*([\s\S]*)$/.exec(action);
  const rest = (found: string): Token => ({ text: found, at: at + action.length - found.length });
  if (block) return parseBlock(block[1] as BlockNode["type"], rest(block[2]!), source, open);
  const named = /^(template|block)\b/.exec(action)?.[1];
  if (named) return parseNamed(named as "template" | "block", { text: action, at }, source, open);
  if (action === "break" || action === "continue") return { type: action };
  if (action === "") throw problem("missing value for command");
  return { type: "print", pipe: parsePipe({ text: action, at }) };
}

function parseBlock(
  type: "if" | "with" | "range",
  argument: Token,
  source: Source,
  open: string[],
): TemplateNode {
  if (argument.text === "") throw problem(`missing value for ${type}`);
  const pipe = parsePipe(argument);
  const { nodes: body, stop } = parseList(source, [...open, type]);
  const nested = /^else\s+(if|with)\b\s*([\s\S]*)$/.exec(stop ?? "");
  if (nested) {
    const inner = parseBlock(nested[1] as "if" | "with", { text: nested[2]!, at: argument.at }, source, open);
    return { type, pipe, body, otherwise: [inner] };
  }
  if (stop?.startsWith("else")) {
    const { nodes: otherwise } = parseList(source, [...open, type]);
    return { type, pipe, body, otherwise };
  }
  return { type, pipe, body, otherwise: [] };
}

/** Only at the top, and with nothing but a name. */
function parseDefinition(action: string, source: Source, open: string[]): void {
  if (open.length > 0) throw problem("unexpected <define> in command");
  const { name, rest } = nameIn(action, "define");
  if (rest !== "") throw problem(`unexpected <${rest.split(/\s/)[0]}> in define clause`);
  define(source, name, parseBody("define", source, open));
}

/** `{{block}}` defines a template where it is used. */
function parseNamed(
  word: "template" | "block",
  { text: action, at }: Token,
  source: Source,
  open: string[],
): TemplateNode {
  const { name, rest, at: nameAt } = nameIn(action, word);
  if (rest === "" && word === "block") throw problem("missing value for block clause");
  const pipe = rest === "" ? undefined : parsePipe({ text: rest, at: at + action.length - rest.length });
  if (word === "block") define(source, name, parseBody("block", source, open));
  const text = `{{template ${JSON.stringify(name)}${rest && ` ${rest}`}}}`;
  return { type: "template", name, text, at: at + nameAt, ...(pipe && { pipe }) };
}

/** The quoted name behind the first word of an action. */
function nameIn(action: string, word: string): { name: string; rest: string; at: number } {
  const found = /^\w+\s*("(?:[^"\\]|\\.)*"|`[^`]*`)\s*/.exec(action);
  if (!found) {
    const instead = action.slice(word.length).trim().split(/\s/)[0] || "}}";
    throw problem(`unexpected ${JSON.stringify(instead)} in ${word} clause`);
  }
  const quoted = found[1]!;
  const name = quoted.startsWith("`") ? quoted.slice(1, -1) : unquote(quoted);
  return { name, rest: action.slice(found[0].length), at: found[0].indexOf(quoted) };
}

function parseBody(word: string, source: Source, open: string[]): TemplateNode[] {
  const { nodes, stop } = parseList(source, [...open, word]);
  if (stop?.startsWith("else")) throw problem(`unexpected {{else}} in ${word} clause`);
  return nodes;
}

/** A template that is nothing but blanks gives way to another of its name. */
function define({ definitions }: Source, name: string, nodes: TemplateNode[]): void {
  const isEmpty = (list: TemplateNode[]): boolean =>
    list.every((node) => node.type === "text" && node.text.trim() === "");
  const before = definitions.get(name);
  if (!before || isEmpty(before)) definitions.set(name, nodes);
  else if (!isEmpty(nodes))
    throw problem(`template: multiple definition of template ${JSON.stringify(name)}`);
}

const TOKEN =
  /\s+|"(?:[^"\\]|\\.)*"|`[^`]*`|'(?:[^'\\]|\\.)+'|[|()]|:=|=|,|\$[\w]*(?:\.[\w]+)*|\.[\w]+(?:\.[\w]+)*|\.|[-+]?\d[\w.]*|[A-Za-z_]\w*|[\s\S]/g;

function parsePipe({ text, at: start }: Token): Pipe {
  const names: string[] = [];
  let assign = false;
  const plain = [...text.matchAll(TOKEN)]
    .map((match): Token => ({ text: match[0], at: start + match.index }))
    .filter((token) => !/^\s+$/.test(token.text));
  const equals = plain.findIndex((token) => token.text === ":=" || token.text === "=");
  if (equals > 0) {
    names.push(...plain.slice(0, equals).flatMap((token) => (token.text === "," ? [] : token.text)));
    assign = plain[equals]!.text === "=";
    plain.splice(0, equals + 1);
  }
  const commands = parseCommands(plain);
  if (plain.length > 0) throw problem(`unexpected ${JSON.stringify(plain[0]!.text)} in command`);
  return { names, assign, commands };
}

function parseCommands(tokens: Token[]): Operand[][] {
  const commands: Operand[][] = [[]];
  while (tokens.length > 0 && tokens[0]!.text !== ")") {
    const token = tokens.shift()!;
    if (token.text === "|") {
      commands.push([]);
      continue;
    }
    commands.at(-1)!.push(token.text === "(" ? parseGroup(tokens, token.at) : operand(token));
  }
  if (commands.some((command) => command.length === 0)) throw problem("missing value for command");
  return commands;
}

function parseGroup(tokens: Token[], at: number): Operand {
  const pipe: Pipe = { names: [], assign: false, commands: parseCommands(tokens) };
  if (tokens.shift()?.text !== ")") throw problem("unclosed left paren");
  const next = tokens[0]?.text;
  const names = next && /^\.\w/.test(next) ? tokens.shift()!.text.slice(1).split(".") : [];
  return { type: "group", pipe, names, text: "(...)", at };
}

const FUNCTIONS = new Set(
  "and or not len index slice print printf println html js urlquery eq ne lt le gt ge call exists base64decode".split(
    " ",
  ),
);

function operand({ text: token, at }: Token): Operand {
  const kind = operandKind(token);
  // A chain of fields is named by where its second field stands.
  const second = token.indexOf(".", 1);
  return { ...kind, text: token, at: second > 0 && kind.type !== "value" ? at + second : at };
}

type OperandKind =
  | { type: "value"; value: unknown }
  | { type: "path"; names: string[] }
  | { type: "variable"; name: string; names: string[] }
  | { type: "function"; name: string };

function operandKind(token: string): OperandKind {
  if (token.startsWith('"')) return { type: "value", value: unquote(token) };
  if (token.startsWith("`")) return { type: "value", value: token.slice(1, -1) };
  if (token.startsWith("'"))
    return { type: "value", value: unquote(`"${token.slice(1, -1)}"`).codePointAt(0) };
  if (token.startsWith("$")) {
    const [name = "$", ...names] = token.split(".");
    return { type: "variable", name, names };
  }
  if (token === ".") return { type: "path", names: [] };
  if (token.startsWith(".")) return { type: "path", names: token.slice(1).split(".") };
  if (token === "true" || token === "false") return { type: "value", value: token === "true" };
  if (token === "nil") return { type: "value", value: null };
  if (/^[-+]?\d/.test(token)) return { type: "value", value: Number(token) };
  if (!/^[A-Za-z_]/.test(token)) throw problem(`unexpected ${JSON.stringify(token)} in command`);
  if (!FUNCTIONS.has(token)) throw problem(`function ${JSON.stringify(token)} not defined`);
  return { type: "function", name: token };
}

function unquote(token: string): string {
  return token
    .slice(1, -1)
    .replace(/\\(n|t|r|"|'|\\|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})/g, (_, sign: string) =>
      sign.length > 1
        ? String.fromCodePoint(Number.parseInt(sign.slice(1), 16))
        : ({ n: "\n", t: "\t", r: "\r" }[sign] ?? sign),
    );
}
