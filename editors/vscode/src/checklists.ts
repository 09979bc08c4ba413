// "Insert all open checklists": the server's own action for the whole document.

import * as vscode from "vscode";

export async function insertChecklists(): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) return;
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    new vscode.Range(0, 0, document.lineCount, 0),
    "source.followup",
  );
  const edit = actions.find((action) => action.edit)?.edit;
  if (!edit) {
    void vscode.window.showInformationMessage("Followup has no checklist to insert here.");
  } else if (!(await vscode.workspace.applyEdit(edit))) {
    void vscode.window.showWarningMessage("The document changed meanwhile, so nothing was inserted. Try again.");
  }
}
