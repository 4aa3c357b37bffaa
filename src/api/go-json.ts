// JSON as Go's encoder writes it.
// Kubernetes: the encoder's EscapeHTML, which is on by default (Go 1.25)

/** What HTML could misread is escaped. */
export function escapeGoJson(json: string): string {
  return json.replace(/&/g, "\\u0026").replace(/</g, "\\u003c").replace(/>/g, "\\u003e");
}
