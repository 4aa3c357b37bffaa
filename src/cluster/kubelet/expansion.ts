// `$(VAR)` in commands, arguments and environment values: known names are replaced, unknown ones stay as they are,
// and `$$` is a plain dollar sign.
// Kubernetes: third_party/forked/golang/expansion/expand.go (v1.35)

export type LookUp = (name: string) => string | undefined;

export function expand(text: string, lookUp: LookUp): string {
  return text.replace(/\$(?:\$|\(([^()]*)\))/g, (whole, name: string | undefined) => {
    if (whole === "$$") return "$";
    return lookUp(name ?? "") ?? whole;
  });
}
