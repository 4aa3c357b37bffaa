// Parses Go's text templates: the actions that people use with kubectl.
// Kubernetes: text/template/parse (kubectl v1.35)

export class TemplateError extends Error {}

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
  | { type: "break" }
  | { type: "continue" };

export interface BlockNode {
  type: "if" | "with" | "range";
  pipe: Pipe;
  body: TemplateNode[];
  otherwise: TemplateNode[];
}

interface Piece {
  text?: string;
  action?: string;
  /** Where the action's text begins. */
  at?: number;
}

export function parseTemplate(source: string): TemplateNode[] {
  const pieces = split(source);
  const { nodes, stop } = parseList(pieces, []);
  if (stop) throw problem(`unexpected {{${stop.split(" ")[0]}}}`);
  return nodes;
}

const problem = (text: string): TemplateError => new TemplateError(`template: output:1: ${text}`);

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

function parseList(pieces: Piece[], open: string[]): { nodes: TemplateNode[]; stop: string | undefined } {
  const nodes: TemplateNode[] = [];
  while (pieces.length > 0) {
    const { text, action, at = 0 } = pieces.shift()!;
    if (text !== undefined) {
      nodes.push({ type: "text", text });
      continue;
    }
    if (STOPS.test(action!)) {
      return { nodes, stop: action };
    }
    nodes.push(parseAction({ text: action!, at }, pieces, open));
  }
  if (open.length > 0) throw problem("unexpected EOF");
  return { nodes, stop: undefined };
}

function parseAction({ text: action, at }: Token, pieces: Piece[], open: string[]): TemplateNode {
  const block = /^(if|with|range)\b\s*([\s\S]*)$/.exec(action);
  const rest = (found: string): Token => ({ text: found, at: at + action.length - found.length });
  if (block) return parseBlock(block[1] as BlockNode["type"], rest(block[2]!), pieces, open);
  if (action === "break" || action === "continue") return { type: action };
  if (action === "") throw problem("missing value for command");
  return { type: "print", pipe: parsePipe({ text: action, at }) };
}

function parseBlock(
  type: "if" | "with" | "range",
  argument: Token,
  pieces: Piece[],
  open: string[],
): TemplateNode {
  if (argument.text === "") throw problem(`missing value for ${type}`);
  const pipe = parsePipe(argument);
  const { nodes: body, stop } = parseList(pieces, [...open, type]);
  const nested = /^else\s+(if|with)\b\s*([\s\S]*)$/.exec(stop ?? "");
  if (nested) {
    const inner = parseBlock(nested[1] as "if" | "with", { text: nested[2]!, at: argument.at }, pieces, open);
    return { type, pipe, body, otherwise: [inner] };
  }
  if (stop?.startsWith("else")) {
    const { nodes: otherwise } = parseList(pieces, [...open, type]);
    return { type, pipe, body, otherwise };
  }
  return { type, pipe, body, otherwise: [] };
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
