// HTTP messages as the bytes that go over the wire: what somebody who watches packets reads and counts.
import { headerCase, reasonPhrase } from "../process/commands/http-words.ts";
import type { HttpAnswer, HttpMessage } from "./types.ts";

export function requestText({ method, path, headers, body }: HttpMessage): string {
  if (method === "") return body;
  const lines = Object.entries(headers).map(([name, value]) => `${headerCase(name)}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n${body}`;
}

/** Empty where the server only closes. */
export function answerText(answer: HttpAnswer): string {
  if ("raw" in answer) return answer.raw;
  if (!("status" in answer)) return "";
  const { status, headers = {}, body } = answer;
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${reasonPhrase(status)}\r\n${lines.join("")}\r\n${body}`;
}
