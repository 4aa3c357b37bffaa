// RFC 3339 and the calendar without the wall clock: virtual milliseconds in, UTC text out, and back.

interface CivilTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  /** 0 is Sunday. */
  weekday: number;
}

export const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const DAY_MS = 86_400_000;

/** Days since 1970-01-01 of a date in the proleptic Gregorian calendar. */
function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export function toCivil(epochMs: number): CivilTime {
  const days = Math.floor(epochMs / DAY_MS);
  const seconds = Math.floor((epochMs - days * DAY_MS) / 1000);
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    weekday: (((days + 4) % 7) + 7) % 7,
  };
}

const two = (value: number): string => String(value).padStart(2, "0");

/** "2026-03-02T09:00:00Z": whole seconds, rounded down, as the API server prints times. */
export function formatRfc3339(epochMs: number): string {
  const { year, month, day, hour, minute, second } = toCivil(epochMs);
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}Z`;
}

/** "2026-03-02T09:00:00.250000Z": as Kubernetes writes times of six decimals. */
export function formatMicroTime(epochMs: number): string {
  const whole = Math.floor(epochMs / 1000) * 1000;
  const micros = String(Math.floor((epochMs - whole) * 1000)).padStart(6, "0");
  return `${formatRfc3339(whole).slice(0, -1)}.${micros}Z`;
}

/** The last text that was read: many ask for the same moment one after the other. */
let lastRead: { text: string; ms: number | undefined } = { text: "", ms: undefined };

/** Milliseconds since 1970 of a UTC timestamp, or undefined if the text is none. */
export function parseRfc3339(text: string): number | undefined {
  if (text !== lastRead.text) lastRead = { text, ms: readRfc3339(text) };
  return lastRead.ms;
}

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z$/;

function readRfc3339(text: string): number | undefined {
  const match = RFC3339.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const days = daysFromCivil(year, month, day);
  const there = toCivil(days * DAY_MS);
  if (there.month !== month || there.day !== day) return undefined;
  const fraction = match[7] ? Math.floor(Number(`0.${match[7]}`) * 1000) : 0;
  return days * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000 + fraction;
}
