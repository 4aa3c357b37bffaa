// openssl s_client: dials a server, shows its certificate and what a client thinks of it, and passes on what is typed.
import type { Json } from "#base/json";
import { certificateFailure, PUBLIC_AUTHORITY } from "../../../http-client/curl-texts.ts";
import type { ResolveAnswer } from "../../../http-client/types.ts";
import type { Certificate, ConnectAnswer, ExchangeAnswer } from "../../../network/types.ts";
import { answerText } from "../../../network/wire-text.ts";
import { writeCertificate, type FullCertificate } from "../../../tls/der.ts";
import { certificatesIn, pemOf } from "../../../tls/pem.ts";
import { isNameOf } from "../../../tls/host-names.ts";
import { certificateTime, completed } from "../../../tls/times.ts";
import type { CommandContext, Outcome } from "../command.ts";
import { IPV4 } from "../dns/ask.ts";
import { toMessage } from "../nc.ts";
import { spacedName } from "./words.ts";

export interface SClientState {
  step: "name" | "connect" | "input" | "exchange";
  connection: number;
  serverName: string;
}

const THREAD = "40F7C1A37F7F0000";
const NO_RETURN = "New, (NONE), Cipher is (NONE)";
const REFERENCES = { refused: [111, "Connection refused"], timeout: [110, "Connection timed out"] } as const;

const after = (words: readonly string[], name: string): string | undefined => {
  const at = words.indexOf(name);
  return at < 0 ? undefined : words[at + 1];
};

const wait = (state: SClientState, what: Extract<Outcome, { wait: unknown }>["wait"]): Outcome => ({
  wait: what,
  state: state as unknown as Json,
});

export function sClient(
  context: CommandContext,
  words: readonly string[],
  resume?: { state: SClientState; answer: Json },
): Outcome {
  const target = after(words, "-connect") ?? words.slice(1).find((word) => /^[\w.-]+:\d+$/.test(word));
  const [host = "", port = "4433"] = (target ?? "localhost:4433").split(":");
  const serverName = after(words, "-servername") ?? (IPV4.test(host) ? "" : host);
  const begun: SClientState = { step: "name", connection: 0, serverName };
  const dial = (ip: string): Outcome =>
    wait(
      { ...begun, step: "connect" },
      { for: "connect", spec: { to: { ip, port: Number(port) }, protocol: "TCP", latency: "real" } },
    );
  if (!resume) return IPV4.test(host) ? dial(host) : wait(begun, { for: "resolve", name: host });
  const { state, answer } = resume;
  if (state.step === "name") {
    const resolved = answer as unknown as ResolveAnswer;
    if (resolved.outcome === "resolved") return dial(resolved.addresses[0]!);
    context.err(
      `${THREAD}:error:10080002:BIO routines:BIO_lookup_ex:system lib:../crypto/bio/bio_addr.c:738:Name or service not known\nconnect:errno=22\n`,
    );
    return { exit: 1 };
  }
  if (state.step === "connect") return connected(context, words, state, answer as unknown as ConnectAnswer);
  if (state.step === "exchange") return exchanged(context, words, state, answer as unknown as ExchangeAnswer);
  return typed(context, words, state);
}

function connected(
  context: CommandContext,
  words: readonly string[],
  state: SClientState,
  answer: ConnectAnswer,
): Outcome {
  if (answer.outcome !== "connected") {
    const [code, text] =
      answer.outcome === "unreachable" ? [113, "No route to host"] : REFERENCES[answer.outcome];
    const hex = (code as number).toString(16).toUpperCase().padStart(2, "0");
    context.err(
      `${THREAD}:error:800000${hex}:system library:BIO_connect:${text}:../crypto/bio/bio_sock2.c:125:calling connect()\n${THREAD}:error:10000067:BIO routines:BIO_connect:connect error:../crypto/bio/bio_sock2.c:127:\nconnect:errno=${code}\n`,
    );
    return { exit: 1 };
  }
  const { network, settings } = context.context;
  const shown = network.certificate(answer.connection, state.serverName);
  if (!words.includes("-quiet")) context.out("CONNECTED(00000003)\n");
  if (!shown) {
    context.err(
      `${THREAD}:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../ssl/record/ssl3_record.c:354:\n`,
    );
    context.out(noCertificate());
    network.disconnect(answer.connection);
    return { exit: 1 };
  }
  const certificate = completed(shown, settings);
  report(context, words, certificate, problemOf(context, words, shown));
  return typed(context, words, { ...state, step: "input", connection: answer.connection });
}

interface Problem {
  code: number;
  text: string;
}

function problemOf(
  context: CommandContext,
  words: readonly string[],
  shown: Certificate,
): Problem | undefined {
  const path = after(words, "-CAfile");
  const file = path === undefined ? undefined : context.files.read(path);
  const given = file && "text" in file ? certificatesIn(file.text).map(({ subject }) => subject) : [];
  const failure = certificateFailure(shown, shown.names[0] ?? "", [PUBLIC_AUTHORITY, ...given]);
  const host = after(words, "-verify_hostname");
  if (failure?.failure === "tls") {
    const text = failure.text.split("\n", 1)[0]!.replace("SSL certificate problem: ", "");
    return { code: text === "self-signed certificate" ? 18 : 19, text };
  }
  return host !== undefined && !shown.names.some((name) => isNameOf(name, host))
    ? { code: 62, text: "hostname mismatch" }
    : undefined;
}

function report(
  context: CommandContext,
  words: readonly string[],
  certificate: FullCertificate,
  problem: Problem | undefined,
): void {
  const subject = spacedName(certificate.subject);
  const issuer = spacedName(certificate.issuer);
  const own = certificate.subject === certificate.issuer;
  const told = problem?.code === 19 ? `depth=1 ${issuer}` : `depth=0 ${subject}`;
  const complaint = problem
    ? `${told}\nverify error:num=${problem.code}:${problem.text}\nverify return:1\n`
    : "";
  const chain = own ? [`depth=0 ${subject}`] : [`depth=1 ${issuer}`, `depth=0 ${subject}`];
  context.err(complaint + chain.map((line) => `${line}\nverify return:1\n`).join(""));
  if (words.includes("-quiet")) return;
  const pem = pemOf(writeCertificate(certificate));
  const times = `   v:NotBefore: ${certificateTime(certificate.notBefore)}; NotAfter: ${certificateTime(certificate.notAfter)}\n`;
  const entry = (index: number, name: string): string =>
    ` ${index} s:${name}\n   i:${issuer}\n   a:PKEY: rsaEncryption, 2048 (bit); sigalg: RSA-SHA256\n${times}`;
  const both = words.includes("-showcerts");
  // Simplified: the certificate of an authority that is sent along is not shown; it carries the times of the server's.
  const listed = entry(0, subject) + (both ? pem : "") + (own ? "" : entry(1, issuer));
  const result = problem ? `Verification error: ${problem.text}` : "Verification: OK";
  context.out(
    `---\nCertificate chain\n${listed}---\nServer certificate\n${both ? "" : pem}subject=${subject}\nissuer=${issuer}\n---\nNo client certificate CA names sent\nPeer signing digest: SHA256\nPeer signature type: RSA-PSS\nServer Temp Key: X25519, 253 bits\n---\nSSL handshake has read 1461 bytes and written 393 bytes\n${result}\n---\nNew, TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384\nServer public key is 2048 bit\n${lastLines(`${problem?.code ?? 0} (${problem?.text ?? "ok"})`)}`,
  );
}

function lastLines(verdict: string): string {
  return `Secure Renegotiation IS NOT supported\nCompression: NONE\nExpansion: NONE\nNo ALPN negotiated\nEarly data was not sent\nVerify return code: ${verdict}\n---\n`;
}

function noCertificate(): string {
  return `---\nno peer certificate available\n---\nNo client certificate CA names sent\n---\nSSL handshake has read 5 bytes and written 293 bytes\nVerification: OK\n---\n${NO_RETURN}\n${lastLines("0 (ok)")}`;
}

/** Sends what is typed once it is a whole request; the end of the input, or a line with Q, ends it. */
function typed(context: CommandContext, words: readonly string[], state: SClientState): Outcome {
  const { text, ended } = context.input();
  const quiet = words.includes("-quiet") || words.includes("-ign_eof");
  const isWhole = /^\S+ \S+ HTTP\/[\d.]+\r?\n([^]*?\r?\n)?\r?\n/.test(text);
  if (isWhole || (ended && text.trim() !== "" && quiet)) {
    context.take(text.length);
    const spec = {
      connection: state.connection,
      request: toMessage(text),
      tls: { serverName: state.serverName },
    };
    return wait({ ...state, step: "exchange" }, { for: "exchange", spec });
  }
  const leaves = !quiet && /^Q\n/m.test(text);
  if (!ended && !leaves) return wait(state, { for: "input" });
  context.take(text.length);
  if (!quiet) context.out("DONE\n");
  context.context.network.disconnect(state.connection);
  return { exit: 0 };
}

function exchanged(
  context: CommandContext,
  words: readonly string[],
  state: SClientState,
  answer: ExchangeAnswer,
): Outcome {
  if (answer.outcome === "response") {
    const { status, headers, body } = answer;
    context.out(answerText({ status, headers, body }));
    return typed(context, words, { ...state, step: "input" });
  }
  context.out(answer.outcome === "garbage" ? answer.raw : "closed\n");
  return { exit: 0 };
}
