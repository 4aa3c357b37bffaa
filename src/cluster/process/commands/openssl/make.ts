// openssl genrsa and req: keys and certificates for the Secrets of Ingresses.
// Simplified: keys are bytes in a key's form, and a certificate that is made is signed by its own name.
import { encodeBytes } from "#base/base64";
import { nextUint32 } from "#base/random";
import { writeCertificate } from "../../../tls/der.ts";
import { pemOf } from "../../../tls/pem.ts";
import { epochNow } from "../../clock.ts";
import type { CommandContext, Outcome } from "../command.ts";

const DAY_MS = 86_400_000;
/** What precedes a 2048-bit key in PKCS #8: an RSA key, wrapped. */
const KEY_HEAD = [
  0x30, 0x82, 0x04, 0xbe, 0x02, 0x01, 0x00, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1,
  1, 5, 0,
];
const KEY_BYTES = 0x4a8;

function keyText(context: CommandContext): string {
  const bytes = Array.from({ length: KEY_BYTES }, () => nextUint32(context.context.random) & 0xff);
  const lines = encodeBytes([...KEY_HEAD, 0x04, 0x82, 0x04, 0xa8, ...bytes]).match(/.{1,64}/g) ?? [];
  return `-----BEGIN PRIVATE KEY-----\n${lines.join("\n")}\n-----END PRIVATE KEY-----\n`;
}

const after = (words: readonly string[], name: string): string | undefined => {
  const at = words.indexOf(name);
  return at < 0 ? undefined : words[at + 1];
};

function put(context: CommandContext, path: string | undefined, text: string, mode?: number): void {
  if (path === undefined) context.out(text);
  else context.files.write(path, text, mode);
}

export function genrsa(context: CommandContext, words: readonly string[]): Outcome {
  put(context, after(words, "-out"), keyText(context), 0o600);
  return { exit: 0 };
}

export function req(context: CommandContext, words: readonly string[]): Outcome {
  const subject = after(words, "-subj");
  const isCertificate = words.includes("-x509");
  if (!isCertificate || subject === undefined) {
    context.err(
      isCertificate
        ? "openssl: req asks for a name line by line; here it has to come with -subj /CN=NAME\n"
        : "openssl: only req -x509, a certificate that signs itself, is simulated\n",
    );
    return { exit: 1 };
  }
  const given = after(words, "-key");
  if (given !== undefined && !("text" in context.files.read(given))) {
    context.err(
      `Could not open file or uri for loading private key from ${given}\n40F7C1A37F7F0000:error:80000002:system library:file_open:No such file or directory:../providers/implementations/storemgmt/file_store.c:267:calling stat(${given})\nUnable to load private key\n`,
    );
    return { exit: 1 };
  }
  if (given === undefined) {
    context.err(`${".".repeat(24)}+${"+".repeat(4)}\n${".".repeat(17)}+++++\n-----\n`);
    put(context, after(words, "-keyout") ?? "privkey.pem", keyText(context), 0o600);
  }
  const name = subject.replace(/^\//, "").split("/").join("; ");
  const names = (after(words, "-addext") ?? "")
    .replace(/^subjectAltName\s*=\s*/, "")
    .split(/\s*,\s*/)
    .map((item) => item.replace(/^(DNS|IP):/, ""))
    .filter((item) => item !== "");
  const now = Math.floor(epochNow(context.context) / 1000) * 1000;
  const notAfter = now + Number(after(words, "-days") ?? 30) * DAY_MS;
  const certificate = { subject: name, issuer: name, names, notBefore: now, notAfter, isAuthority: true };
  put(context, after(words, "-out"), pemOf(writeCertificate(certificate)));
  return { exit: 0 };
}
