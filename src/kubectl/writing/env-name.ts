// Names of environment variables as kubectl itself checks them: stricter than the server is today. Called by create,
// run and set env.
// Kubernetes: staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go IsEnvVarName (v1.35)

const PATTERN = "[-._a-zA-Z][-._a-zA-Z0-9]*";

/** What is wrong with the name, if anything. */
export function envNameProblem(name: string): string | undefined {
  if (new RegExp(`^${PATTERN}$`).test(name)) return undefined;
  return `a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '${PATTERN}')`;
}
