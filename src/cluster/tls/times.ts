// How long a certificate is good for, where it does not say so itself, and how openssl and curl print such times.
import { MONTHS, parseRfc3339, toCivil } from "#base/time";
import type { Certificate } from "../network/types.ts";
import type { ClusterSettings } from "../settings.ts";
import { serialOf, type FullCertificate } from "./der.ts";

const DAY_MS = 86_400_000;

/** "Mar  2 08:55:00 2026 GMT" */
export function certificateTime(ms: number): string {
  const { year, month, day, hour, minute, second } = toCivil(ms);
  const time = [hour, minute, second].map((value) => String(value).padStart(2, "0")).join(":");
  return `${MONTHS[month - 1]} ${String(day).padStart(2)} ${time} ${year} GMT`;
}

/** Simplified: certificates of servers that nobody made by hand are good for a year, from a day before the start. */
export function completed(certificate: Certificate, { startedAt }: ClusterSettings): FullCertificate {
  const notBefore = certificate.notBefore ?? (parseRfc3339(startedAt) ?? 0) - DAY_MS;
  const notAfter = certificate.notAfter ?? notBefore + 365 * DAY_MS;
  const serial = certificate.serial ?? serialOf(`${certificate.subject}/${certificate.names.join()}`);
  return { ...certificate, notBefore, notAfter, serial };
}
