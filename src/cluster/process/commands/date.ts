// date: the virtual wall clock, in UTC.
import { parseRfc3339, toCivil } from "#base/time";
import { epochNow } from "../clock.ts";
import { complain, defineCommand } from "./command.ts";
import { parseOptions } from "./options.ts";

const DAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");
const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);

const two = (value: number): string => String(value).padStart(2, "0");

export const date = defineCommand({
  name: "date",
  run(context) {
    const { values, operands } = parseOptions(context.argv, "uRI", "d", {
      utc: "u",
      date: "d=",
      "iso-8601": "I=",
    });
    let ms = epochNow(context.context);
    const given = values["d"];
    if (given !== undefined) {
      const parsed = given.startsWith("@") ? Number(given.slice(1)) * 1000 : parseRfc3339(given);
      if (parsed === undefined && given !== "now") {
        complain(context, `invalid date '${given}'`);
        return { exit: 1 };
      }
      ms = parsed ?? ms;
    }
    const default_ = context.flavour === "busybox" ? "%a %b %e %H:%M:%S UTC %Y" : "%a %b %e %H:%M:%S UTC %Y";
    const format = operands[0]?.startsWith("+")
      ? operands[0].slice(1)
      : values["I"] !== undefined
        ? values["I"] === "seconds"
          ? "%Y-%m-%dT%H:%M:%S+00:00"
          : "%Y-%m-%d"
        : values["R"] !== undefined
          ? "%a, %d %b %Y %H:%M:%S +0000"
          : default_;
    context.out(`${formatDate(format, ms)}\n`);
    return { exit: 0 };
  },
});

export function formatDate(format: string, ms: number): string {
  const time = toCivil(ms);
  const fraction = ((ms % 1000) + 1000) % 1000;
  const fields: Record<string, string> = {
    Y: String(time.year),
    y: two(time.year % 100),
    m: two(time.month),
    d: two(time.day),
    e: String(time.day).padStart(2),
    H: two(time.hour),
    I: two(time.hour % 12 || 12),
    M: two(time.minute),
    S: two(time.second),
    p: time.hour < 12 ? "AM" : "PM",
    s: String(Math.floor(ms / 1000)),
    N: String(Math.floor(fraction * 1_000_000)).padStart(9, "0"),
    a: DAYS[time.weekday]!.slice(0, 3),
    A: DAYS[time.weekday]!,
    b: MONTHS[time.month - 1]!.slice(0, 3),
    B: MONTHS[time.month - 1]!,
    h: MONTHS[time.month - 1]!.slice(0, 3),
    u: String(time.weekday || 7),
    w: String(time.weekday),
    Z: "UTC",
    z: "+0000",
    n: "\n",
    t: "\t",
    "%": "%",
  };
  fields["F"] = `${fields["Y"]}-${fields["m"]}-${fields["d"]}`;
  fields["T"] = `${fields["H"]}:${fields["M"]}:${fields["S"]}`;
  fields["R"] = `${fields["H"]}:${fields["M"]}`;
  fields["D"] = `${fields["m"]}/${fields["d"]}/${fields["y"]}`;
  fields["c"] = `${fields["a"]} ${fields["b"]} ${fields["e"]} ${fields["T"]} ${fields["Y"]}`;
  return format
    .replace(/%3N/g, String(Math.floor(fraction)).padStart(3, "0"))
    .replace(/%-?([A-Za-z%])/g, (all, letter: string) => {
      const value = fields[letter];
      if (value === undefined) return all;
      return all.startsWith("%-") ? value.replace(/^[0 ]+(?=.)/, "") : value;
    });
}
