// What there is to read, as Markdown documents that nobody can edit: the page of a question or a concept, and the review of a document.
//
// A page is shown as it is meant to look. A preview follows no links into files, so a review is shown as text, with links of its own.

import * as vscode from "vscode";
import type { Session } from "./extension";

const SCHEME = "followup";
const REVIEW = "/Review of ";

/** Serves the documents `followup:/ID.md` and `followup:/Review of NAME`; the query is the address of the design that they concern. */
export class Pages implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly parts: vscode.Disposable[];

  constructor(private readonly session: Session) {
    this.parts = [
      this.changed,
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.languages.registerDocumentLinkProvider({ scheme: SCHEME }, this),
      // New findings mean that the document, or what is asked of it, is another one.
      vscode.languages.onDidChangeDiagnostics(({ uris }) => this.refresh(new Set(uris.map(String)))),
    ];
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    if (isReview(uri)) {
      const review = await this.session.ask<string | null>("followup.get.review", uri.query);
      return review?.replace(/\[(line \d+)\]\([^)]*\)/g, "$1") ?? "There is no review: the document is not open.\n";
    }
    const id = uri.path.slice(1).replace(/\.md$/, "");
    const page = await this.session.ask<string>("followup.get.page", ...[id, uri.query].filter(Boolean));
    return page ?? "";
  }

  /** From a line to that line of the design, and from an id to its page. */
  provideDocumentLinks(review: vscode.TextDocument): vscode.DocumentLink[] {
    const links: vscode.DocumentLink[] = [];
    for (const { index, 0: text, 1: line, 2: id } of review.getText().matchAll(/\bline (\d+)|`([\w/-]+)`/g)) {
      const range = new vscode.Range(review.positionAt(index), review.positionAt(index + text.length));
      const target = line
        ? vscode.Uri.parse(review.uri.query).with({ fragment: `L${line}` })
        : vscode.Uri.from({ scheme: "command", path: "followup.explain", query: JSON.stringify([id]) });
      links.push(new vscode.DocumentLink(range, target));
    }
    return links;
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }

  private refresh(designs: Set<string>): void {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme === SCHEME && isReview(uri) && designs.has(uri.query)) this.changed.fire(uri);
    }
  }
}

/** Shows a page, which a person picks unless its id is given. */
export async function explain(session: Session, id: string | undefined): Promise<void> {
  const design = openDesign()?.uri.toString();
  const wanted = id ?? (await pick(session, design));
  if (!wanted) return;
  const page = vscode.Uri.from({ scheme: SCHEME, path: `/${wanted}.md`, query: design ?? "" });
  await vscode.commands.executeCommand(design ? "markdown.showPreviewToSide" : "markdown.showPreview", page);
}

export async function showReview(): Promise<void> {
  const design = openDesign();
  if (!design) {
    void vscode.window.showInformationMessage("Open a Markdown document to see its review.");
    return;
  }
  const name = design.uri.path.split("/").pop() ?? "";
  const review = vscode.Uri.from({ scheme: SCHEME, path: REVIEW + name, query: design.uri.toString() });
  const document = await vscode.languages.setTextDocumentLanguage(await vscode.workspace.openTextDocument(review), "markdown");
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
}

async function pick(session: Session, design: string | undefined): Promise<string | undefined> {
  const pages = session.ask<{ id: string; title: string }[]>("followup.get.pages", ...(design ? [design] : []));
  const items = pages.then((all) => (all ?? []).map(({ id, title }) => ({ label: title, description: id })));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: "A question or a concept", matchOnDescription: true });
  return picked?.description;
}

/** The Markdown document that is being edited. */
function openDesign(): vscode.TextDocument | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document?.languageId === "markdown" && document.uri.scheme !== SCHEME ? document : undefined;
}

function isReview(uri: vscode.Uri): boolean {
  return uri.path.startsWith(REVIEW);
}
