// What curl makes of forms, of -w and of the options that lead it elsewhere, as 7.88.1 does.
import { expect, test } from "vitest";
import { createLab, type Lab } from "../../testing.ts";

function withCurl(): { lab: Lab; sh: (script: string) => string } {
  const lab = createLab();
  lab.reply = () => ({
    answer: {
      outcome: "ok",
      ok: true,
      journey: 1,
      status: 200,
      headers: { "content-type": "text/plain" },
      body: "hi\n",
      remote: "10.96.0.5:80",
      local: "10.244.1.5:40000",
      elapsedMs: 1,
      reused: false,
      phases: { lookedUpMs: 0.25, connectedMs: 0.5, sentMs: 0.5 },
    },
  });
  const { id } = lab.run({ image: "nicolaka/netshoot", command: ["sleep", "100000"] });
  return { lab, sh: (script) => lab.sh(id, script) };
}

const asked = (lab: Lab): { [key: string]: unknown } => lab.asked.at(-1)!.spec;

test("SH-24: curl -F sends a form in parts, --data-urlencode encodes, --data-raw takes @ as it is", () => {
  const { lab, sh } = withCurl();
  sh("echo text > f.txt; curl -s -F a=b -F 'f=@f.txt' http://kubia/up");
  const { headers, body, method } = asked(lab) as {
    headers: Record<string, string>;
    body: string;
    method: string;
  };
  const boundary = headers["content-type"]!.replace("multipart/form-data; boundary=", "");
  expect(boundary).toMatch(/^-{24}[0-9a-f]{16}$/);
  expect(method).toBe("POST");
  expect(body).toBe(
    `--${boundary}\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--${boundary}\r\nContent-Disposition: form-data; name="f"; filename="f.txt"\r\nContent-Type: text/plain\r\n\r\ntext\n\r\n--${boundary}--\r\n`,
  );
  sh("curl -s -G --data-urlencode 'q=a b&c' http://kubia/find");
  expect(asked(lab)["url"]).toBe("http://kubia/find?q=a+b%26c");
  sh("curl -s --data-raw @file http://kubia");
  expect(asked(lab)["body"]).toBe("@file");
});

test("SH-24: -r, --compressed and --connect-to change the request; -6 finds nobody", () => {
  const { lab, sh } = withCurl();
  sh("curl -s -r 0-3 --compressed --connect-to kubia:80:10.0.0.9:8080 http://kubia/x");
  expect(asked(lab)).toMatchObject({
    url: "http://10.0.0.9:8080/x",
    headers: { host: "kubia", range: "bytes=0-3", "accept-encoding": "deflate, gzip, br, zstd" },
  });
  const before = lab.asked.length;
  expect(sh("curl -sS -6 http://kubia")).toBe("[stderr] curl: (6) Could not resolve host: kubia\n[exit 6]");
  expect(sh("curl -sS -6 http://10.96.0.5")).toBe("[stderr] curl: (7) Couldn't connect to server\n[exit 7]");
  expect(lab.asked.length).toBe(before);
});

test("SH-25: -w shows when the name was known, the connection stood and the answer began", () => {
  const { sh } = withCurl();
  expect(
    sh("curl -s -o /dev/null -w '%{time_namelookup} %{time_connect} %{time_pretransfer}\\n' http://kubia"),
  ).toBe("0.000250 0.000500 0.000500\n");
  expect(
    sh("curl -s -o /dev/null -d abc -w '%{size_upload} %{stderr}%{nosuch}%{http_code}' http://kubia"),
  ).toBe("3 [stderr] curl: unknown --write-out variable: 'nosuch'\n200");
  expect(sh("curl -# -o /dev/null http://kubia")).toBe(`[stderr] \r${"#".repeat(72)} 100.0%`);
});
