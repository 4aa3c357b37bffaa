// Splits a manifest file into its YAML documents, as kubectl's stream reader does, and remembers where each began.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/util/yaml (v1.35)

export interface RawDocument {
  text: string;
  /** 1-based line of the file at which the text begins. */
  firstLine: number;
  /** Set when the line that should separate documents has something else behind its dashes. */
  separatorError?: string;
}

/** Documents that hold more than comments and blanks, in order. A bad separator ends the list with its error. */
export function splitDocuments(text: string): RawDocument[] {
  const documents: RawDocument[] = [];
  let lines: string[] = [];
  let firstLine = 1;
  const flush = (nextLine: number): void => {
    if (lines.some(hasContent)) documents.push({ text: lines.join("\n"), firstLine });
    lines = [];
    firstLine = nextLine;
  };
  const all = text
    .replace(/\r\n/g, "\n")
    .replace(/^\uFEFF/, "")
    .split("\n");
  for (const [index, line] of all.entries()) {
    if (!line.startsWith("---")) {
      lines.push(line);
      continue;
    }
    const rest = line.slice(3);
    // A bad separator takes the document before it along.
    if (/^(\s|#|$)/.test(rest)) flush(index + 2);
    if (/^\s*(#.*)?$/.test(rest)) continue;
    if (/^\s/.test(rest)) {
      // `--- {kind: ...}`: the document begins on the separator's own line.
      lines.push(`   ${rest}`);
      firstLine = index + 1;
      continue;
    }
    documents.push({
      text: line,
      firstLine: index + 1,
      separatorError: `invalid Yaml document separator: ${rest.trim()}`,
    });
    return documents;
  }
  flush(all.length + 1);
  return documents;
}

function hasContent(line: string): boolean {
  return !/^\s*(#.*)?$/.test(line) && !/^(%|\.\.\.\s*$)/.test(line);
}
