// Two minutes before the session ends, say so and offer to stay. <div data-session-seconds data-keep-alive hidden>

const WARN_SECONDS = 120;

for (const warning of document.querySelectorAll("[data-session-seconds]")) {
  let timer = 0;
  wait();
  warning.querySelector("button").addEventListener("click", async () => {
    try {
      const answer = await fetch(warning.dataset.keepAlive);
      if (!answer.ok || answer.redirected) return;
      warning.hidden = true;
      wait();
    } catch {
      // Still no network: the warning stays.
    }
  });

  function wait() {
    clearTimeout(timer);
    const seconds = Math.max(0, Number(warning.dataset.sessionSeconds) - WARN_SECONDS);
    // A timer holds 24 days at most; such sessions outlive the page.
    if (seconds < 86400) timer = setTimeout(() => (warning.hidden = false), seconds * 1000);
  }
}
