// `kubectl certificate`: approves or denies requests for certificates. The server has none of that kind, and says so.
// Kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/certificates/certificates.go (v1.35)
import { defineCommand, type Command } from "../../command.ts";
import { plainError, StatusError, throwAll } from "../../errors.ts";
import { list } from "../../flags.ts";
import { definePatientGroup } from "../../group.ts";
import { readObjects } from "../../files.ts";
import { discoverResources } from "../../mapper.ts";
import { namespaceOf } from "../../selection.ts";
import { aFlag, fileFlags } from "../../writing/flag-sets.ts";
import { PRINT_FLAGS } from "../../printers/print.ts";

const certificate = definePatientGroup({
  name: "certificate",
  short: "Modify certificate resources",
  long: "Approves or denies requests for certificates.",
  examples: "",
  usage: "certificate SUBCOMMAND",
});

function decide(verb: "approve" | "deny", what: string): Command {
  return defineCommand({
    name: `certificate ${verb}`,
    short: `${verb === "approve" ? "Approve" : "Deny"} a certificate signing request`,
    long: what,
    examples: `# The request 'csr-sqgzp'\nkubectl certificate ${verb} csr-sqgzp`,
    usage: `certificate ${verb} (-f FILENAME | NAME)`,
    flags: [
      ...fileFlags(`with the requests to ${verb}`),
      aFlag("force", "bool", "false", "Writes the condition again where it is there already"),
      ...PRINT_FLAGS,
    ],
    run: async (args, flags, io) => {
      const files = list(flags, "filename");
      if (args.length === 0 && files.length === 0)
        throw plainError("one or more CSRs must be specified as <name> or -f <filename>");
      if (files.length > 0) {
        // What the server does not know is found out while the files are read.
        const { errors } = await readObjects(io, files, {
          recursive: false,
          resources: discoverResources(io),
          namespace: namespaceOf(io, flags),
          enforceNamespace: false,
        });
        throwAll(errors);
      }
      throwAll(args.map(notFound));
      return 0;
    },
  });
}

// Simplified: the server knows no requests for certificates, and answers as if there were none.
function notFound(name: string): StatusError {
  return new StatusError({
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message: `certificatesigningrequests.certificates.k8s.io ${JSON.stringify(name)} not found`,
    reason: "NotFound",
    code: 404,
  });
}

export const certificateCommands: readonly Command[] = [
  certificate,
  decide(
    "approve",
    "Approves a request: whoever signs may then issue the certificate, with which its bearer is who the request says.",
  ),
  decide("deny", "Denies a request: nobody is to issue its certificate."),
];
