// The item beside the language's name: how many follow-ups are open in the document that is being edited.

import * as vscode from "vscode";

const SELECTOR: vscode.DocumentSelector = { language: "markdown" };

/** Shows nothing where nothing was ever asked: a README is none of its business. */
export class Status implements vscode.Disposable {
  private item: vscode.LanguageStatusItem | undefined;
  /** Documents of which something was asked while they were open, so that the last answer is seen to count. */
  private readonly asked = new Set<string>();
  private readonly parts: vscode.Disposable[];

  constructor() {
    this.parts = [
      vscode.languages.onDidChangeDiagnostics(() => this.update()),
      vscode.window.onDidChangeActiveTextEditor(() => this.update()),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.asked.delete(uri.toString())),
    ];
    this.update();
  }

  dispose(): void {
    for (const part of [...this.parts, this.item]) part?.dispose();
  }

  private update(): void {
    const document = vscode.window.activeTextEditor?.document;
    const uri = document && vscode.languages.match(SELECTOR, document) ? document.uri : undefined;
    const open = uri ? vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "followup").length : 0;
    if (uri && open) this.asked.add(uri.toString());
    if (!uri || !this.asked.has(uri.toString())) {
      this.item?.dispose();
      this.item = undefined;
      return;
    }
    this.item ??= this.create();
    this.item.text = open === 0 ? "$(check) No open follow-ups" : `$(comment-unresolved) ${open} open follow-up${open === 1 ? "" : "s"}`;
  }

  private create(): vscode.LanguageStatusItem {
    const item = vscode.languages.createLanguageStatusItem("followup.open", SELECTOR);
    item.name = "Followup";
    item.command = { command: "followup.showReview", title: "Show the Review" };
    return item;
  }
}
