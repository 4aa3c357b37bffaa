// What is wrong with a Go template itself, in the words of Go's parser. Thrown by the parser and the check behind it.

export class TemplateError extends Error {}

export const problem = (text: string): TemplateError => new TemplateError(`template: output:1: ${text}`);
