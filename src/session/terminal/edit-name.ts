// What the editor's tab is called while kubectl edit waits for it: by the object in it.

/** "kubia.edit.yaml"; by kubectl's own file where there is not one object. */
export function editName(text: string, path: string): string {
  const kind = /^kind: "?(\w+)"?$/m.exec(text)?.[1];
  const metadata = /^metadata:\n((?: .*\n?)*)/m.exec(text)?.[1] ?? "";
  const name = /^ {2}name: "?([\w.-]+)"?$/m.exec(metadata)?.[1];
  if (!kind || kind === "List" || !name) return path.replace(/^.*\//, "").replace(/(\.\w+)$/, ".edit$1");
  return `${name}.edit.yaml`;
}
