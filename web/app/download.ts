/** Hands a text to the person as a file. */

export function download(name: string, {text, type}: {readonly text: string; readonly type: string}): void {
  const url = URL.createObjectURL(new Blob([text], {type}));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the file by its address when the click is through; some look at it a moment later.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
