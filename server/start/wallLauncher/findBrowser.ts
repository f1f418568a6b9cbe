const PLACES: Partial<Record<NodeJS.Platform, (environment: NodeJS.ProcessEnv) => string[]>> = {
  linux: () => ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'],
  darwin: () => ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
  win32: (environment) =>
    [environment['ProgramFiles'], environment['ProgramFiles(x86)']].flatMap((folder) => (folder ? [`${folder}\\Google\\Chrome\\Application\\chrome.exe`, `${folder}\\Microsoft\\Edge\\Application\\msedge.exe`] : [])),
};

/** The browser that shows a wall on this machine: the one that is named, else the first that is installed. */
export function findBrowser(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform, isThere: (path: string) => boolean): string | undefined {
  const named = environment['IOC_CHROMIUM'];
  if (named) return named;
  return PLACES[platform]?.(environment).find(isThere);
}
