/** Told to every drawing of a tile just before its pixels are read: it draws itself anew in the same task. */
const DRAW_NOW = 'draw-now';
const PIXEL = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';

async function dataUrlOf(address: string): Promise<string> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  const bytes = await answer.blob();
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error('not read'));
    reader.readAsDataURL(bytes);
  });
}

/** The bundled faces as text: a picture made of markup sees no font of the page. */
async function facesOf(page: Document): Promise<string> {
  const rules = [...page.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter((rule) => rule instanceof CSSFontFaceRule);
  const faces = rules.map(async ({ style, cssText }) => {
    const address = /url\("?([^")]+)"?\)/.exec(style.getPropertyValue('src'))?.[1];
    return address ? cssText.replace(/url\("?[^")]+"?\)/, `url("${await dataUrlOf(new URL(address, page.baseURI).href)}")`) : cssText;
  });
  return (await Promise.all(faces)).join('\n');
}

function stillOf(drawn: HTMLCanvasElement | HTMLVideoElement): string {
  if (drawn instanceof HTMLCanvasElement) {
    drawn.dispatchEvent(new Event(DRAW_NOW, { bubbles: true }));
    return drawn.width * drawn.height === 0 ? PIXEL : drawn.toDataURL();
  }
  if (drawn.videoWidth === 0) return PIXEL;
  const still = document.createElement('canvas');
  [still.width, still.height] = [drawn.videoWidth, drawn.videoHeight];
  still.getContext('2d')?.drawImage(drawn, 0, 0);
  return still.toDataURL();
}

/** A copy that carries its looks with it, and stills in place of what moves. */
async function frozen(element: Element): Promise<Element> {
  const isMoving = element instanceof HTMLCanvasElement || element instanceof HTMLVideoElement;
  const copy = isMoving ? document.createElement('img') : (element.cloneNode(false) as Element);
  const looks = getComputedStyle(element);
  if ('style' in copy) for (const name of looks) (copy.style as CSSStyleDeclaration).setProperty(name, looks.getPropertyValue(name));
  if (isMoving) copy.setAttribute('src', stillOf(element));
  else if (element instanceof HTMLImageElement && element.currentSrc) copy.setAttribute('src', await dataUrlOf(element.currentSrc));
  if (element instanceof HTMLIFrameElement) return copy;
  for (const child of element.childNodes) copy.append(child instanceof Element ? await frozen(child) : child.cloneNode());
  return copy;
}

async function load(address: string): Promise<HTMLImageElement> {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  return picture;
}

/** A tile as a PNG of its own size on the wall. What another site draws in a frame stays empty. Units: wall pixels. Fails: rejects when the browser can not read a part of it. */
export async function pictureOfTile(tile: HTMLElement, { width, height }: { width: number; height: number }): Promise<Blob> {
  const copy = await frozen(tile);
  copy.setAttribute('xmlns', 'http://www.w3.org/1999/xhtml');
  const faces = document.createElement('style');
  faces.textContent = await facesOf(document);
  copy.prepend(faces);
  const markup = new XMLSerializer().serializeToString(copy);
  const drawn = await load(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><foreignObject width="100%" height="100%">${markup}</foreignObject></svg>`)}`);
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  canvas.getContext('2d')?.drawImage(drawn, 0, 0);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'));
}
