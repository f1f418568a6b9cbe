declare module 'pdfmake/js/Printer.js' {
  interface PdfStream extends NodeJS.ReadableStream {
    end(): void;
  }
  interface PrinterModule {
    default: new (fonts: Record<string, Record<string, string>>, virtualFiles: { existsSync(name: string): boolean; readFileSync(name: string): Buffer }, urls: { resolve(url: string): void; resolved(): Promise<void> }) => {
      createPdfKitDocument(definition: object): Promise<PdfStream>;
    };
  }
  const printer: PrinterModule;
  export default printer;
}
