/** The OpenAPI document as text, made when it is first asked for. */
export class OpenApiText {
  #text: Promise<string> | undefined;
  #make: (() => Promise<object>) | undefined;

  /** Said once the app is there that the document is about. */
  from(make: () => Promise<object>): void {
    this.#make = make;
  }

  text(): Promise<string> {
    this.#text ??= (
      this.#make ?? ((): Promise<object> => Promise.reject(new Error('The app is not there yet.')))
    )().then((document) => JSON.stringify(document));
    return this.#text;
  }
}
