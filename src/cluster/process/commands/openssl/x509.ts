// openssl x509: what a certificate says, from a file or from standard input.
import { pemOf, certificatesIn } from "../../../tls/pem.ts";
import { writeCertificate, type FullCertificate } from "../../../tls/der.ts";
import { certificateTime, completed } from "../../../tls/times.ts";
import type { CommandContext, Outcome } from "../command.ts";
import { WAIT_FOR_INPUT, allInput } from "../command.ts";
import { epochNow } from "../../clock.ts";
import { alternativeNames, certificateText, spacedName } from "./words.ts";

export function x509(context: CommandContext, words: readonly string[]): Outcome {
  const at = words.indexOf("-in");
  const path = at < 0 ? undefined : words[at + 1];
  let text: string | undefined;
  if (path === undefined) {
    text = allInput(context);
    if (text === undefined) return WAIT_FOR_INPUT;
  } else {
    const file = context.files.read(path);
    if ("error" in file) {
      context.err(
        `Could not open file or uri for loading certificate from ${path}\n40F7C1A37F7F0000:error:80000002:system library:file_open:No such file or directory:../providers/implementations/storemgmt/file_store.c:267:calling stat(${path})\nUnable to load certificate\n`,
      );
      return { exit: 1 };
    }
    text = file.text;
  }
  const found = certificatesIn(text)[0];
  if (!found) {
    const source = path === undefined ? "<stdin>" : path;
    context.err(`Could not read certificate from ${source}\nUnable to load certificate\n`);
    return { exit: 1 };
  }
  return { exit: print(context, words, completed(found, context.context.settings)) };
}

function print(context: CommandContext, words: readonly string[], certificate: FullCertificate): number {
  const { out } = context;
  let status = 0;
  const from = `notBefore=${certificateTime(certificate.notBefore)}\n`;
  const to = `notAfter=${certificateTime(certificate.notAfter)}\n`;
  words.forEach((word, index) => {
    const option = word.replace(/^--?/, "");
    if (option === "subject") out(`subject=${spacedName(certificate.subject)}\n`);
    else if (option === "issuer") out(`issuer=${spacedName(certificate.issuer)}\n`);
    else if (option === "dates") out(from + to);
    else if (option === "startdate") out(from);
    else if (option === "enddate") out(to);
    else if (option === "serial") out(`serial=${certificate.serial ?? "00"}\n`);
    else if (option === "text") out(certificateText(certificate));
    else if (option === "ext") extension(context, certificate, words[index + 1] ?? "");
    else if (option === "checkend") status = ending(context, certificate, Number(words[index + 1]));
  });
  if (!words.includes("-noout")) out(pemOf(writeCertificate(certificate)));
  return status;
}

function extension(context: CommandContext, { names }: FullCertificate, wanted: string): void {
  if (!wanted.includes("subjectAltName")) return;
  if (names.length === 0) context.out("No extensions matching the given names\n");
  else context.out(`X509v3 Subject Alternative Name: \n    ${alternativeNames(names)}\n`);
}

function ending(context: CommandContext, { notAfter }: FullCertificate, seconds: number): number {
  const ends = notAfter <= epochNow(context.context) + seconds * 1000;
  context.out(ends ? "Certificate will expire\n" : "Certificate will not expire\n");
  return ends ? 1 : 0;
}
