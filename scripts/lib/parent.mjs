// npm hands a signal to the shell between it and us, which dies of it and tells nobody: the server would go on alone.

/** Calls stop once npm, which started us, is gone. Started by hand there is nobody to wait for. */
export function stopWithNpm(stop) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, 500);
  timer.unref();
}
