// Runs in the page before its own code, and only looks: when the packets' canvas was first painted on, how long the
// thread was busy, how many frames came. Self-contained, because it is sent to the page as text.
export function watchPage() {
  const bench = { firstPacket: undefined, firstPacketAt: undefined };
  window.bench = bench;

  const { prototype } = CanvasRenderingContext2D;
  for (const name of ["fill", "fillText", "stroke", "drawImage", "fillRect"]) {
    const paint = prototype[name];
    prototype[name] = function (...args) {
      if (bench.firstPacket === undefined && this.canvas.classList?.contains("packets")) {
        bench.firstPacket = performance.now();
        bench.firstPacketAt = Date.now();
      }
      return paint.apply(this, args);
    };
  }

  let gaps = [];
  let gapsSince = 0;
  let timing = false;
  bench.startGaps = () => {
    gaps = [];
    gapsSince = performance.now();
    timing = true;
    // A message comes as soon as the thread is free, without the clamping of timers.
    const channel = new MessageChannel();
    let last = performance.now();
    channel.port1.addEventListener("message", () => {
      const now = performance.now();
      if (now - last > 4) gaps.push(now - last);
      if (!timing) return;
      // A millisecond's rest: on an idle machine this alone would fill the trace.
      setTimeout(() => {
        last = performance.now();
        channel.port2.postMessage(null);
      }, 1);
    });
    channel.port1.start();
    channel.port2.postMessage(null);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (timing) gaps.push(entry.duration);
    }).observe({ type: "longtask" });
  };
  bench.stopGaps = () => {
    timing = false;
    const busy = gaps.reduce((sum, gap) => sum + gap, 0);
    return {
      gaps: gaps.sort((a, b) => b - a),
      idle: Math.max(0, 1 - busy / (performance.now() - gapsSince)),
    };
  };

  let spell = { frames: [], counting: false };
  bench.startFrames = () => {
    // Each spell counts for itself: the last callback of the one before may come after this one began.
    const mine = { frames: [], counting: true };
    spell = mine;
    const count = (time) => {
      mine.frames.push(time);
      if (mine.counting) requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  };
  bench.stopFrames = () => {
    spell.counting = false;
    const { frames } = spell;
    const times = frames.slice(1).map((time, index) => time - frames[index]);
    const whole = frames.at(-1) - frames[0];
    return { perSecond: (1000 * times.length) / whole, worst: Math.max(...times) };
  };
}
