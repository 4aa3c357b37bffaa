// cal and who: the month on the virtual calendar, and who is logged in, which in a container nobody is.
import { parseRfc3339, toCivil } from "#base/time";
import { epochNow } from "../clock.ts";
import { complain, defineCommand, DONE } from "./command.ts";

const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);
const WIDTH = 20;

export const cal = defineCommand({
  name: "cal",
  run(context) {
    const words = context.argv.slice(1).filter((word) => !word.startsWith("-"));
    const now = toCivil(epochNow(context.context));
    const year = Number(words.at(-1) ?? now.year);
    const month = words.length > 1 ? Number(words[0]) : now.month;
    if (!(month >= 1 && month <= 12) || !(year >= 1 && year <= 9999)) {
      complain(
        context,
        words.length > 1
          ? `number ${words[0]} is not in 1..12 range`
          : `number ${words[0]} is not in 1..9999 range`,
      );
      return { exit: 1 };
    }
    const isYear = words.length === 1;
    const months = isYear ? MONTHS.map((_, at) => at + 1) : [month];
    for (const one of months) context.out(`${monthLines(year, one).join("\n")}\n`);
    return DONE;
  },
});

function monthLines(year: number, month: number): string[] {
  const two = (value: number): string => String(value).padStart(2, "0");
  const first = parseRfc3339(`${String(year).padStart(4, "0")}-${two(month)}-01T00:00:00Z`) ?? 0;
  const { weekday } = toCivil(first);
  const title = `${MONTHS[month - 1]} ${year}`;
  const lines = [" ".repeat(Math.floor((WIDTH - title.length) / 2)) + title, "Su Mo Tu We Th Fr Sa"];
  const cells: string[] = Array.from({ length: weekday }, () => "  ");
  for (let day = 1; day <= 31; day++) {
    if (toCivil(first + (day - 1) * 86_400_000).month !== month) break;
    cells.push(String(day).padStart(2));
  }
  for (let week = 0; week < 6; week++) {
    const row = cells.slice(week * 7, week * 7 + 7).join(" ");
    lines.push(row === "" ? " ".repeat(WIDTH + 1) : row);
  }
  return lines;
}

export const who = defineCommand({ name: "who", run: () => DONE });
